"use client";

import { runColorSlots } from "@runweir/web-ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTrackingApi } from "../../tracking-api.ts";
import type { RunSet } from "../use-run-set.ts";
import { buildComparison } from "./build-comparison.ts";

/** More columns than these are not read side by side. */
export const comparedMax = 50;

export interface ComparedRun {
  readonly runId: string;
  readonly name: string;
  readonly slot: number;
}

/** The first runs of the set with all they have: chosen ones in the order of choice, else those started last. */
export function useComparedRuns(set: RunSet, chosen: readonly string[]) {
  const api = useTrackingApi();
  const query = useQuery(
    api.runs.search.queryOptions(
      {
        ...set,
        viewType: "ACTIVE_ONLY",
        orderBy: [{ field: { entity: "attribute", key: "start_time" }, ascending: false }],
        maxResults: Math.max(comparedMax, chosen.length),
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const compared = useMemo(() => {
    if (query.data === undefined) return undefined;
    const place = new Map(chosen.map((runId, index) => [runId, index]));
    const items = query.data.items
      .toSorted((a, b) => (place.get(a.info.runId) ?? 0) - (place.get(b.info.runId) ?? 0))
      .slice(0, comparedMax);
    const slots = runColorSlots(items.map(({ info }) => info.runId));
    const runs = items.map(({ info }): ComparedRun => {
      return { runId: info.runId, name: info.runName || info.runId, slot: slots.get(info.runId) ?? 1 };
    });
    return { runs, rows: buildComparison(items) };
  }, [query.data, chosen]);
  return { compared, query };
}
