"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTrackingApi } from "../tracking-api.ts";
import { quoteLike } from "./quote-like.ts";

const experimentsMax = 200;
const found = 8;

/** Experiments and runs whose name holds the text, newest first; without a text the newest ones. */
export function usePaletteSearch(text: string, open: boolean) {
  const api = useTrackingApi();
  const wanted = useDeferredValue(text.trim());
  const like = quoteLike(wanted);
  const options = { enabled: open, placeholderData: keepPreviousData };
  const all = useQuery(
    api.experiments.search.queryOptions(
      { viewType: "ACTIVE_ONLY", orderBy: ["last_update_time DESC"], maxResults: experimentsMax },
      options,
    ),
  );
  const experiments = useQuery(
    api.experiments.search.queryOptions(
      {
        viewType: "ACTIVE_ONLY",
        orderBy: ["last_update_time DESC"],
        maxResults: found,
        ...(wanted === "" ? {} : { filter: `name ILIKE ${like}` }),
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
        maxResults: found,
        ...(wanted === "" ? {} : { filter: runFilter(wanted, like) }),
      },
      { ...options, enabled: open && names.size > 0 },
    ),
  );
  return {
    experiments: experiments.data?.items ?? [],
    runs: (runs.data?.items ?? []).map(({ info }) => ({
      ...info,
      experimentName: names.get(info.experimentId) ?? "",
    })),
    busy: experiments.isFetching || runs.isFetching,
    error: experiments.error ?? runs.error ?? undefined,
  };
}

/** A whole run id is looked up as such; people paste them from logs. */
function runFilter(text: string, like: string): string {
  return /^[0-9a-f]{32}$/.test(text) ? `attributes.run_id = '${text}'` : `attributes.run_name ILIKE ${like}`;
}
