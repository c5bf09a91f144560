"use client";

import { Card, CardHeader, formatFull, formatNumber, type WireNumber } from "@runweir/web-ui";
import { type ReactNode, useId, useMemo, useRef, useState } from "react";
import { ChartFooter } from "./chart-footer.tsx";
import {
  type ChartLine,
  type ChartWindow,
  type ChartWords,
  type ChartXAxis,
  type ChartYScale,
  runWords,
} from "./chart-line.ts";
import { ChartMenu } from "./chart-menu.tsx";
import { ChartOverlay } from "./chart-overlay.tsx";
import { ChartSummary, ChartTable } from "./chart-table.tsx";
import { metricUnit } from "./metric-unit.ts";
import { NothingDrawn, whyEmpty } from "./nothing-drawn.tsx";
import { PlotBox } from "./plot-box.tsx";
import { type PreparedLine, prepareLines, xExtent } from "./prepare-lines.ts";
import { saveFile, saveText } from "./save-file.ts";
import { toCsv } from "./to-csv.ts";
import { useEngine } from "./use-engine.ts";
import { useVisible } from "./use-visible.ts";

export interface LineChartProps {
  /** The metric. */
  readonly title: string;
  /** Of the values; without it what the metric's name says ("..._megabytes"). */
  readonly unit?: string;
  /** undefined: still loading, the chart keeps its size. */
  readonly lines: readonly ChartLine[] | undefined;
  readonly xAxis: ChartXAxis;
  readonly yScale?: ChartYScale;
  /** 0 (as is) to below 1. */
  readonly smoothing?: number;
  /** The visible part of the x axis; without it everything. */
  readonly window?: ChartWindow | undefined;
  /** The reader zoomed: fetch the window in detail. undefined means everything again. Without it there is no zooming. */
  readonly onWindowChange?: (window: ChartWindow | undefined) => void;
  /** Charts with the same group show the crosshair together. */
  readonly group?: string;
  /** Of the plot, in CSS pixels. */
  readonly height?: number;
  /** Said in the footer: new points appear on their own, or the picture stands still. */
  readonly live?: boolean;
  /** In place of the plot: an error, or that nothing is selected. */
  readonly notice?: ReactNode;
  /** In place of what the footer says of drawn and stored points. */
  readonly footer?: ReactNode;
  /** What the lines are of; without it runs, with smallest, largest and last values. */
  readonly words?: ChartWords;
  /** Further items of the chart's menu. */
  readonly menu?: ReactNode;
}

const noLines: readonly ChartLine[] = [];

/** A metric of some runs: line of the last values over the band from smallest to largest. Draws only while visible. */
export function LineChart({
  title,
  unit = metricUnit(title),
  lines,
  xAxis,
  yScale = "linear",
  smoothing = 0,
  window,
  onWindowChange,
  group,
  height = 170,
  live = false,
  notice,
  footer,
  words = runWords,
  menu,
}: LineChartProps) {
  const id = useId();
  const plotRef = useRef<HTMLDivElement>(null);
  const [boxRef, visible] = useVisible<HTMLElement>();
  const [asTable, setAsTable] = useState(false);
  const known = lines ?? noLines;
  const prepared = useMemo(
    () => prepareLines(known, { yScale, smoothing, window }),
    [known, yScale, smoothing, window],
  );
  const extent = useMemo(() => xExtent(known, xAxis, window), [known, xAxis, window]);
  const drawing = visible && lines !== undefined && !asTable && notice === undefined;
  const { drawn, failed } = useEngine(plotRef, drawing, {
    lines: prepared,
    xAxis,
    yScale,
    extent,
    smoothed: smoothing > 0,
  });
  const only = prepared.length === 1 ? lastValue(known, prepared, window) : undefined;
  const empty = !drawing
    ? undefined
    : failed
      ? "The chart could not be loaded; trying again. The menu has its table."
      : whyEmpty(prepared, { yScale, zoomed: window !== undefined });
  return (
    <Card ref={boxRef} aria-label={title} className="flex flex-col">
      <CardHeader title={<span title={title}>{title}</span>} count={unit}>
        {only !== undefined && (
          <span className="num font-semibold" title={formatFull(only)}>
            {formatNumber(only)}
          </span>
        )}
        <ChartMenu
          title={title}
          asTable={asTable}
          onAsTableChange={setAsTable}
          onSaveCsv={() => saveText(`${title}.csv`, "text/csv", toCsv(known, xAxis, words))}
          onSavePng={drawn && (() => saveFile(`${title}.png`, drawn.engine.getDataURL({ pixelRatio: 2 })))}
          onResetZoom={window && onWindowChange ? () => onWindowChange(undefined) : undefined}
        >
          {menu}
        </ChartMenu>
      </CardHeader>
      <PlotBox
        height={height}
        loading={lines === undefined}
        notice={notice}
        table={asTable && <ChartTable title={title} lines={known} xAxis={xAxis} words={words} />}
      >
        <div ref={plotRef} aria-hidden className="absolute inset-0 overflow-hidden rounded-lg" />
        {drawn && (
          <ChartOverlay
            id={id}
            group={group ?? id}
            label={title}
            lines={prepared}
            xAxis={xAxis}
            extent={extent}
            plot={drawn.plot}
            zoomed={window !== undefined}
            onWindowChange={onWindowChange}
          />
        )}
        {empty !== undefined && <NothingDrawn reason={empty} />}
        <ChartSummary title={title} lines={prepared} words={words} />
      </PlotBox>
      {footer ?? (
        <ChartFooter
          lines={lines}
          xAxis={xAxis}
          live={live}
          zoomed={window !== undefined}
          smoothing={smoothing}
        />
      )}
    </Card>
  );
}

/** Of one line, the value at its end, NaN and infinite too; of a window, the last one drawn there. */
function lastValue(
  [line]: readonly ChartLine[],
  [drawn]: readonly PreparedLine[],
  window: ChartWindow | undefined,
): WireNumber | undefined {
  if (window !== undefined) return drawn?.last.findLast((value) => value !== null) ?? undefined;
  return line === undefined || line.x.length === 0 ? undefined : (line.last.at(-1) ?? "NaN");
}
