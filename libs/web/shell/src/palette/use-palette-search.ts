"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useRegistryApi } from "../registry-api.ts";
import { useTrackingApi } from "../tracking-api.ts";
import { filterRuns, holdsText, quoteLike } from "./match-names.ts";

const experimentsMax = 200;
const shownUnasked = 5;
const shownFound = 8;
const nothing = { metrics: [], params: [], tags: [] };

/** Experiments, models and runs whose name holds the text, newest first; without a text the newest ones. */
export function usePaletteSearch(text: string, open: boolean) {
  const api = useTrackingApi();
  const registry = useRegistryApi();
  const wanted = useDeferredValue(text.trim());
  const count = wanted === "" ? shownUnasked : shownFound;
  const options = { enabled: open, placeholderData: keepPreviousData };
  const newest = { viewType: "ACTIVE_ONLY" as const, orderBy: ["last_update_time DESC"] };
  const all = useQuery(
    api.experiments.search.queryOptions({ ...newest, maxResults: experimentsMax }, options),
  );
  const experiments = useQuery(
    api.experiments.search.queryOptions(
      {
        ...newest,
        maxResults: count,
        ...(wanted === "" ? {} : { filter: `name ILIKE ${quoteLike(wanted)}` }),
      },
      options,
    ),
  );
  const models = useQuery(
    registry.models.search.queryOptions(
      {
        orderBy: ["last_updated_timestamp DESC"],
        maxResults: count,
        ...(wanted === "" ? {} : { filter: `name ILIKE ${quoteLike(wanted)}` }),
      },
      options,
    ),
  );
  const names = new Map(all.data?.items.map(({ experimentId, name }) => [experimentId, name]));
  const runs = useQuery(
    api.runs.search.queryOptions(
      {
        experimentIds: [...names.keys()],
        viewType: "ACTIVE_ONLY",
        orderBy: ["attributes.start_time DESC"],
        maxResults: count,
        shown: nothing,
        ...(wanted === "" ? {} : { filter: filterRuns(wanted) }),
      },
      { ...options, enabled: open && names.size > 0 },
    ),
  );
  const now = text.trim();
  return {
    // While an answer is awaited the last one is shown, without what the reader has already ruled out.
    experiments: (experiments.data?.items ?? []).filter(({ name }) => holdsText(name, now)),
    runs: (runs.data?.items ?? [])
      .filter(({ info }) => info.runId === now || holdsText(info.runName, now))
      .map(({ info }) => ({ ...info, experimentName: names.get(info.experimentId) ?? "" })),
    models: (models.data?.items ?? []).filter(({ name }) => holdsText(name, now)),
    busy: wanted !== now || [experiments, runs, models].some(({ isFetching }) => isFetching),
    error: experiments.error ?? runs.error ?? models.error ?? undefined,
  };
}
