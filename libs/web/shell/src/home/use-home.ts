"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRef } from "react";
import { useTrackingApi } from "../tracking-api.ts";
import type { ExperimentItem } from "./experiment-list.tsx";
import type { RunItem } from "./run-list.tsx";

/** Runs are looked for in this many experiments, the ones last touched. */
const experimentsMax = 200;
const recentExperiments = 12;
const recentRuns = 15;
const runningRuns = 20;

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
  const runs = { experimentIds: [...names.keys()], viewType: "ACTIVE_ONLY" as const };
  const options = { enabled: names.size > 0, placeholderData: keepPreviousData };
  const recent = useQuery(
    api.runs.search.queryOptions(
      { ...runs, orderBy: ["attributes.start_time DESC"], maxResults: recentRuns },
      options,
    ),
  );
  const running = useQuery(
    api.runs.search.queryOptions(
      {
        ...runs,
        filter: "attributes.status = 'RUNNING'",
        orderBy: ["attributes.start_time DESC"],
        maxResults: runningRuns,
      },
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

/** At most twice a second, however much is logged. */
const refreshEvery = 500;

/** Asks again for what is shown whenever something changed; changes on their own carry no data. */
function useLiveUpdates(): void {
  const api = useTrackingApi();
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useSubscription(
    api.changes.subscriptionOptions(
      {},
      {
        onData: (change) => {
          // New points change no line of this page.
          if (change.kind === "metrics" || timer.current !== undefined) return;
          timer.current = setTimeout(() => {
            timer.current = undefined;
            void queryClient.invalidateQueries(api.experiments.search.pathFilter());
            void queryClient.invalidateQueries(api.runs.search.pathFilter());
          }, refreshEvery);
        },
      },
    ),
  );
}
