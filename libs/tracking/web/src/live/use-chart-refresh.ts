"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useTrackingApi } from "../tracking-api.ts";

/** Asks again for the visible charts of these runs; for all of them when it is not known which runs changed. */
export function useChartRefresh(): (runIds: ReadonlySet<string> | undefined) => Promise<void> {
  const api = useTrackingApi();
  const queryClient = useQueryClient();
  return (runIds) =>
    queryClient.invalidateQueries({
      ...api.metrics.chart.pathFilter(),
      predicate: ({ queryKey }) => runIds === undefined || runsOf(queryKey).some((id) => runIds.has(id)),
    });
}

function runsOf(key: QueryKey): readonly string[] {
  for (const part of key) {
    if (typeof part !== "object" || part === null || !("input" in part)) continue;
    const { input } = part;
    if (typeof input !== "object" || input === null || !("runIds" in input)) continue;
    return Array.isArray(input.runIds) ? input.runIds.map(String) : [];
  }
  return [];
}
