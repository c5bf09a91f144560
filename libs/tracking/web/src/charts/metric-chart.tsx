"use client";

import { type ChartLine, LineChart, useVisible } from "@runweir/web-charts";
import { describeError } from "@runweir/web-trpc-client";
import { ErrorState, runColor } from "@runweir/web-ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTrackingApi } from "../tracking-api.ts";
import type { ChartView } from "./use-chart-view.ts";

/** About one bucket per pixel of a chart. */
const buckets = 400;

export interface ChartedRun {
  readonly runId: string;
  readonly name: string;
  readonly slot: number;
}

/** One metric of some runs, reduced on the server, fetched and drawn only while it is on the screen. */
export function MetricChart({
  metric,
  runs,
  view,
  group,
  live,
  height,
}: {
  readonly metric: string;
  readonly runs: readonly ChartedRun[];
  readonly view: ChartView;
  /** Charts of one group show the crosshair together. */
  readonly group: string;
  readonly live: boolean;
  readonly height?: number;
}) {
  const api = useTrackingApi();
  const [ref, visible] = useVisible<HTMLDivElement>();
  const window = view.window;
  const chart = useQuery(
    api.metrics.chart.queryOptions(
      {
        runIds: runs.map(({ runId }) => runId),
        keys: [metric],
        axis: view.xAxis,
        buckets,
        ...(window === undefined ? {} : { from: window.from, to: window.to }),
      },
      { enabled: visible && runs.length > 0, placeholderData: keepPreviousData },
    ),
  );
  const lines = useMemo(() => {
    const series = new Map(chart.data?.map((line) => [line.runId, line]));
    return chart.data === undefined ? undefined : runs.flatMap((run) => toLine(run, series.get(run.runId)));
  }, [chart.data, runs]);
  const notice =
    chart.isError && lines === undefined ? (
      <ErrorState compact problem={describeError(chart.error)} onRetry={() => void chart.refetch()} />
    ) : lines?.length === 0 && runs.length > 0 ? (
      <p className="grid h-full place-items-center text-sm text-ink-3">
        {runs.length === 1 ? "The run has not logged it." : "None of these runs has logged it."}
      </p>
    ) : undefined;
  return (
    <div ref={ref} className="min-w-0">
      <LineChart
        title={metric}
        lines={runs.length === 0 ? [] : lines}
        xAxis={view.xAxis}
        yScale={view.logarithmic ? "log" : "linear"}
        smoothing={view.smoothing}
        window={window}
        onWindowChange={view.setWindow}
        group={group}
        live={live}
        {...(height === undefined ? {} : { height })}
        {...(notice === undefined ? {} : { notice })}
      />
    </div>
  );
}

type Series = Omit<ChartLine, "id" | "label" | "color"> & { readonly runId: string };

function toLine(run: ChartedRun, series: Series | undefined): readonly ChartLine[] {
  if (series === undefined || series.x.length === 0) return [];
  return [{ ...series, id: run.runId, label: run.name, color: runColor(run.runId, run.slot) }];
}
