"use client";

import type { WireRun, WireStatistics } from "@runweir/tracking-trpc";
import { alone, useRefresher } from "@runweir/web-trpc-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { compareNames } from "../compare-names.ts";
import { useChanges } from "../live/use-changes.ts";
import { useChartRefresh } from "../live/use-chart-refresh.ts";
import { useTrackingApi } from "../tracking-api.ts";

export interface RunData {
  /** undefined: still loading. */
  readonly run: WireRun | undefined;
  readonly statistics: readonly WireStatistics[] | undefined;
  readonly error: unknown;
  retry(): void;
}

/** Outside of the hook: one that is made anew each time would be asked to sort a hundred thousand names with every rendering. */
function seriesByName([run]: readonly { readonly series: readonly WireStatistics[] }[]) {
  return (run?.series ?? []).toSorted((a, b) => compareNames(a.key, b.key));
}

/** A run and its metrics, kept current: what a client logs is here a moment later. */
export function useRun(runId: string): RunData {
  const api = useTrackingApi();
  const queryClient = useQueryClient();
  const run = useQuery(api.runs.get.queryOptions({ runId, metrics: false }));
  const statistics = useQuery(
    api.metrics.statistics.queryOptions(
      { runIds: [runId] },
      { select: seriesByName, trpc: { context: alone } },
    ),
  );
  const refreshCharts = useChartRefresh();
  const askRun = useRefresher(() => queryClient.invalidateQueries(api.runs.get.pathFilter()));
  const askMetrics = useRefresher(() =>
    Promise.all([
      queryClient.invalidateQueries(api.metrics.statistics.pathFilter()),
      refreshCharts(new Set([runId])),
    ]),
  );
  const askDelivery = useRefresher(() => queryClient.invalidateQueries(api.runs.delivery.pathFilter()));
  useChanges({ runId }, (changes) => {
    const missed = changes.length === 0;
    askDelivery();
    if (missed || changes.some(({ kind }) => kind !== "metrics")) askRun();
    if (missed || changes.some(({ kind }) => kind === "metrics")) askMetrics();
  });
  return {
    run: run.data,
    statistics: statistics.data,
    error: run.error ?? undefined,
    retry: () => void run.refetch(),
  };
}
