"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTrackingApi } from "../tracking-api.ts";
import type { ExperimentItem } from "./experiment-list.tsx";

/** How many runs the experiments hold, kept current with the page's other lists; 0 while nobody asks. */
export function useWrittenRuns(experiments: readonly ExperimentItem[] | undefined, asked: boolean): number {
  const api = useTrackingApi();
  const experimentIds = experiments?.map(({ experimentId }) => experimentId) ?? [];
  const { data } = useQuery(
    api.runs.count.queryOptions(
      { experimentIds, viewType: "ACTIVE_ONLY" },
      { enabled: asked && experimentIds.length > 0, placeholderData: keepPreviousData },
    ),
  );
  return asked ? (data?.total ?? 0) : 0;
}
