"use client";

import { Card, CardFooter, CardHeader, formatFull, formatNumber, Skeleton } from "@runweir/web-ui";
import { type ReactNode, useId, useMemo, useRef, useState } from "react";
import {
  type ChartLine,
  type ChartWindow,
  type ChartXAxis,
  type ChartYScale,
  xAxisTitles,
} from "./chart-line.ts";
import { ChartMenu } from "./chart-menu.tsx";
import { ChartOverlay } from "./chart-overlay.tsx";
import { ChartSummary, ChartTable } from "./chart-table.tsx";
import { describeNans, describePoints } from "./describe-lines.ts";
import { prepareLines, xExtent } from "./prepare-lines.ts";
import { saveFile, saveText } from "./save-file.ts";
import { toCsv } from "./to-csv.ts";
import { useEngine } from "./use-engine.ts";
import { useVisible } from "./use-visible.ts";

export interface LineChartProps {
  /** The metric, with its unit where it has one. */
  readonly title: string;
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
  /** Further items of the chart's menu. */
  readonly menu?: ReactNode;
}

const noLines: readonly ChartLine[] = [];

/** A metric of some runs: line of the last values over the band from smallest to largest. Draws only while visible. */
export function LineChart({
  title,
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
  const drawn = useEngine(plotRef, drawing, {
    lines: prepared,
    xAxis,
    yScale,
    extent,
    smoothed: smoothing > 0,
  });
  const only = prepared.length === 1 ? prepared[0]?.last.findLast((value) => value !== null) : undefined;
  const hidden = prepared.length > 0 && prepared.every(({ shown }) => shown.every((value) => value === null));
  return (
    <Card ref={boxRef} aria-label={title} className="flex flex-col">
      <CardHeader title={<span title={title}>{title}</span>}>
        {typeof only === "number" && (
          <span className="num font-semibold" title={formatFull(only)}>
            {formatNumber(only)}
          </span>
        )}
        <ChartMenu
          title={title}
          asTable={asTable}
          onAsTableChange={setAsTable}
          onSaveCsv={() => saveText(`${title}.csv`, "text/csv", toCsv(known, xAxis))}
          onSavePng={drawn && (() => saveFile(`${title}.png`, drawn.engine.getDataURL({ pixelRatio: 2 })))}
          onResetZoom={window && onWindowChange ? () => onWindowChange(undefined) : undefined}
        >
          {menu}
        </ChartMenu>
      </CardHeader>
      <div className="relative" style={{ height }}>
        {lines === undefined && notice === undefined && <PlotSkeleton />}
        {notice !== undefined && <div className="h-full overflow-auto px-3 pb-2">{notice}</div>}
        {asTable && notice === undefined && (
          <div className="h-full overflow-auto">
            <ChartTable title={title} lines={known} xAxis={xAxis} />
          </div>
        )}
        {!asTable && notice === undefined && (
          <>
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
            {hidden && <NothingDrawn log={yScale === "log"} />}
            <ChartSummary id={`${id}-summary`} title={title} lines={prepared} />
          </>
        )}
      </div>
      <ChartFooter
        lines={lines}
        xAxis={xAxis}
        live={live}
        zoomed={window !== undefined}
        smoothing={smoothing}
      />
    </Card>
  );
}

function ChartFooter({
  lines,
  xAxis,
  live,
  zoomed,
  smoothing,
}: {
  readonly lines: readonly ChartLine[] | undefined;
  readonly xAxis: ChartXAxis;
  readonly live: boolean;
  readonly zoomed: boolean;
  readonly smoothing: number;
}) {
  if (lines === undefined) {
    return (
      <CardFooter>
        <Skeleton className="my-0.5 w-32" />
      </CardFooter>
    );
  }
  const nans = describeNans(lines);
  const reduced = lines.some(({ drawnPoints, storedPoints }) => drawnPoints < storedPoints);
  return (
    <CardFooter>
      <span>{describePoints(lines)}</span>
      {reduced && <span>min–max, last</span>}
      {nans !== undefined && <span className="text-bad">{nans}</span>}
      {smoothing > 0 && <span>smoothed {smoothing}</span>}
      {zoomed && <span>zoomed</span>}
      {live && <span className="text-live">live</span>}
      <span className="ml-auto">{xAxisTitles[xAxis]}</span>
    </CardFooter>
  );
}

function PlotSkeleton() {
  return (
    <div aria-hidden className="animate-shimmer flex h-full flex-col justify-between px-3 pt-2 pb-6 pl-12">
      {[0, 1, 2, 3, 4].map((line) => (
        <div key={line} className="h-px bg-line" />
      ))}
    </div>
  );
}

function NothingDrawn({ log }: { readonly log: boolean }) {
  return (
    <p className="pointer-events-none absolute inset-0 grid place-items-center px-4 text-center text-sm text-ink-3">
      {log ? "Nothing above zero to draw on a logarithmic axis." : "No finite values to draw."}
    </p>
  );
}
