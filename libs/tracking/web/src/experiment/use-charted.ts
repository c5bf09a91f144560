"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { runColorSlots } from "@runweir/web-ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ChartedRun } from "../charts/metric-chart.tsx";
import { useTrackingApi } from "../tracking-api.ts";

/** While nothing is selected the first runs of the table are drawn; more curves than this say nothing. */
export const firstMax = 10;
const chartedMax = 50;

/** The runs that are drawn, each with its colour. Selected ones may stand on a page that is not loaded. */
export function useCharted(
  experimentId: string,
  selected: readonly string[],
  runs: readonly WireRun[] | undefined,
): readonly ChartedRun[] | undefined {
  const api = useTrackingApi();
  const wanted = useMemo(() => selected.slice(0, chartedMax), [selected]);
  const names = useMemo(
    () => new Map(runs?.map(({ info }) => [info.runId, info.runName || info.runId])),
    [runs],
  );
  const missing = wanted.filter((runId) => !names.has(runId));
  const others = useQuery(
    api.runs.search.queryOptions(
      {
        experimentIds: [experimentId],
        viewType: "ALL",
        where: {
          kind: "comparison",
          field: { entity: "attribute", key: "run_id" },
          operator: "IN",
          value: missing,
        },
        shown: { metrics: [], params: [], tags: [] },
        maxResults: chartedMax,
      },
      { enabled: runs !== undefined && missing.length > 0, placeholderData: keepPreviousData },
    ),
  );
  return useMemo(() => {
    if (runs === undefined) return undefined;
    const found = new Map([
      ...names,
      ...(others.data?.items.map(({ info }) => [info.runId, info.runName || info.runId] as const) ?? []),
    ]);
    const runIds = wanted.length > 0 ? wanted : runs.slice(0, firstMax).map(({ info }) => info.runId);
    const slots = runColorSlots(runIds);
    return runIds.map((runId) => ({ runId, name: found.get(runId) ?? runId, slot: slots.get(runId) ?? 1 }));
  }, [wanted, names, others.data, runs]);
}
