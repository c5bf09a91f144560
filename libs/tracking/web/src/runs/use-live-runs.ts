"use client";

import { useRefresher } from "@runweir/web-trpc-client";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useChanges } from "../live/use-changes.ts";
import { useChartRefresh } from "../live/use-chart-refresh.ts";
import { useTrackingApi } from "../tracking-api.ts";

/** New keys are rare, and finding them looks at every run of the experiment. */
const keysLeastRestMs = 3_000;

/**
 * Keeps pages of runs current: rows, counts and keys, and the charts of the runs that logged. Without an experiment it heeds
 * changes in all of them.
 */
export function useLiveRuns(experimentId?: string): void {
  const api = useTrackingApi();
  const queryClient = useQueryClient();
  const refreshCharts = useChartRefresh();
  const logged = useRef<Set<string> | undefined>(new Set());
  const askRuns = useRefresher(() =>
    Promise.all([
      queryClient.invalidateQueries(api.runs.search.pathFilter()),
      queryClient.invalidateQueries(api.runs.count.pathFilter()),
    ]),
  );
  const askKeys = useRefresher(
    () => queryClient.invalidateQueries(api.runs.keys.pathFilter()),
    keysLeastRestMs,
  );
  const askCharts = useRefresher(() => {
    const runIds = logged.current;
    logged.current = new Set();
    return refreshCharts(runIds);
  });
  useChanges(experimentId === undefined ? {} : { experimentId }, (changes) => {
    const missed = changes.length === 0;
    if (missed || changes.some(({ kind }) => kind === "experiment"))
      void queryClient.invalidateQueries(api.experiments.get.pathFilter());
    for (const change of changes) if (change.kind === "metrics") logged.current?.add(change.runId);
    if (missed) logged.current = undefined;
    if (logged.current === undefined || logged.current.size > 0) askCharts();
    askRuns();
    askKeys();
  });
}
