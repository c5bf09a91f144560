"use client";

import { useTheme } from "@runweir/web-ui";
import type { EChartsType } from "echarts/core";
import { type RefObject, useEffect, useState } from "react";
import { buildOption } from "./build-option.ts";
import { readChartColors } from "./chart-colors.ts";
import type { ChartWindow, ChartXAxis, ChartYScale } from "./chart-line.ts";
import { loadEngine } from "./load-engine.ts";
import type { PreparedLine } from "./prepare-lines.ts";
import { useDrawingPlace } from "./use-drawing-place.ts";

/** Where the plot lies inside its element, in CSS pixels, and how a value finds its place. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  yOf(value: number): number;
}

export interface Drawn {
  readonly engine: EChartsType;
  readonly plot: Plot;
}

/** Draws on the element while `active`, again when anything changes: data, theme, size. */
export function useEngine(
  ref: RefObject<HTMLDivElement | null>,
  active: boolean,
  picture: {
    readonly lines: readonly PreparedLine[];
    readonly xAxis: ChartXAxis;
    readonly yScale: ChartYScale;
    readonly extent: ChartWindow;
    readonly smoothed: boolean;
  },
): { readonly drawn: Drawn | undefined; readonly failed: boolean } {
  const theme = useTheme();
  const { engine, width, failed } = useDrawingPlace(ref, active, loadEngine);
  const [drawn, setDrawn] = useState<Drawn>();
  const { lines, xAxis, yScale, extent, smoothed } = picture;
  useEffect(() => {
    const element = ref.current;
    if (!engine || engine.isDisposed() || !element || width === 0) return;
    // The colours follow the theme, which stands in the document and not in React.
    const colors = readChartColors(element);
    element.dataset.theme = theme;
    engine.setOption(buildOption({ lines, xAxis, yScale, extent, smoothed, colors, width }), {
      replaceMerge: ["series", "xAxis", "yAxis"],
    });
    setDrawn({ engine, plot: readPlot(engine, extent) });
  }, [ref, engine, theme, width, lines, xAxis, yScale, extent, smoothed]);
  // What was drawn by an engine that is gone says nothing of the one there is.
  return { drawn: drawn?.engine === engine ? drawn : undefined, failed };
}

function readPlot(engine: EChartsType, extent: ChartWindow): Plot {
  const x = (value: number) => engine.convertToPixel({ xAxisIndex: 0 }, value);
  return {
    left: x(extent.from),
    right: x(extent.to),
    top: 8,
    bottom: engine.getHeight() - 20,
    yOf: (value) => engine.convertToPixel({ yAxisIndex: 0 }, value),
  };
}
