"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTrackingApi } from "../tracking-api.ts";
import type { ExperimentItem } from "./experiment-list.tsx";
import type { RunItem } from "./run-list.tsx";
import { useLiveUpdates } from "./use-live-updates.ts";

/** Runs are looked for in this many experiments, the ones last touched. */
const experimentsMax = 200;
const recentExperiments = 12;
const recentRuns = 15;
const runningRuns = 20;
/** Of a run only what it is; its metrics, params and tags may weigh megabytes. */
const nothing = { metrics: [], params: [], tags: [] };

export interface Home {
  /** Lists are undefined while they load. */
  readonly experiments: readonly ExperimentItem[] | undefined;
  readonly running: readonly RunItem[] | undefined;
  readonly recent: readonly RunItem[] | undefined;
  /** Known to hold no run and no experiment of its own. */
  readonly empty: boolean;
  readonly error: unknown;
  retry(): void;
}

export function useHome(): Home {
  const api = useTrackingApi();
  useLiveUpdates();
  const experiments = useQuery(
    api.experiments.search.queryOptions({
      viewType: "ACTIVE_ONLY",
      orderBy: ["last_update_time DESC"],
      maxResults: experimentsMax,
    }),
  );
  const found = experiments.data?.items;
  const names = new Map(found?.map(({ experimentId, name }) => [experimentId, name]));
  const runs = {
    experimentIds: [...names.keys()],
    viewType: "ACTIVE_ONLY" as const,
    orderBy: ["attributes.start_time DESC"],
    shown: nothing,
  };
  const options = { enabled: names.size > 0, placeholderData: keepPreviousData };
  const recent = useQuery(api.runs.search.queryOptions({ ...runs, maxResults: recentRuns }, options));
  const running = useQuery(
    api.runs.search.queryOptions(
      { ...runs, filter: "attributes.status = 'RUNNING'", maxResults: runningRuns },
      options,
    ),
  );
  const none = found?.length === 0;
  const toItems = (page: typeof recent.data): readonly RunItem[] | undefined =>
    none
      ? []
      : page?.items.map(({ info }) => ({ ...info, experimentName: names.get(info.experimentId) ?? "" }));
  const recentItems = toItems(recent.data);
  const failed = [experiments, recent, running].find((query) => query.isError && query.data === undefined);
  return {
    experiments: found?.slice(0, recentExperiments),
    recent: recentItems,
    running: toItems(running.data),
    empty: recentItems?.length === 0 && (found?.every(({ experimentId }) => experimentId === "0") ?? false),
    error: failed?.error,
    retry: () => {
      for (const query of [experiments, recent, running]) if (query.isError) void query.refetch();
    },
  };
}
