"use client";

import { classNames, useTheme } from "@runweir/web-ui";
import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef } from "react";
import { type ChartColors, readChartColors } from "./chart-colors.ts";
import { useDrawingPlace } from "./use-drawing-place.ts";

const loadFigureEngine = () =>
  import("./figure-engine.ts").then(({ createFigureEngine }) => createFigureEngine);

/**
 * A chart drawn from an option of ECharts, which `build` makes with the colours of the theme: anew when it, the theme or
 * the size changes. What it shows must be said elsewhere too: to a screen reader it is `label`.
 */
export function Figure({
  label,
  build,
  className,
}: {
  readonly label: string;
  readonly build: (colors: ChartColors) => EChartsCoreOption;
  readonly className?: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const { engine, failed } = useDrawingPlace(place, true, loadFigureEngine);
  useEffect(() => {
    const element = place.current;
    if (!engine || engine.isDisposed() || !element) return;
    element.dataset.theme = theme;
    engine.setOption(build(readChartColors(element)), true);
  }, [engine, build, theme]);
  return (
    <div className={classNames("relative", className)}>
      <div ref={place} role="img" aria-label={label} className="size-full" />
      {failed && (
        <p className="absolute inset-0 grid place-items-center text-sm text-ink-2">
          The chart could not be loaded. It is tried again.
        </p>
      )}
    </div>
  );
}
