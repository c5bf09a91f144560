"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { columnId, type RunColumn } from "../../runs/run-column.ts";
import { useTrackingApi } from "../../tracking-api.ts";
import type { RunSet } from "../use-run-set.ts";
import type { Target } from "../use-target.ts";
import { differingColumns } from "./to-parallel-column.ts";
import type { ParallelView } from "./use-parallel-view.ts";

/** Lines that are drawn; of more runs those that started last. */
export const linesMax = 20_000;
/** Which params differ is seen in a part of the runs, and of the params that most runs have. */
const probed = { runs: 500, params: 60 };
const defaultAxes = 6;

/** The runs' values on the axes and in the target, which is the last axis. */
export function useParallelData(
  set: RunSet,
  keys: KeyCatalog | undefined,
  view: ParallelView,
  target: Target,
) {
  const api = useTrackingApi();
  const params = useMemo(
    () => keys?.params.slice(0, probed.params).map(({ key }) => ({ entity: "param" as const, key })) ?? [],
    [keys],
  );
  const probe = useQuery(
    api.analyses.table.queryOptions(
      { ...set, columns: params, limit: probed.runs },
      { enabled: view.axes === undefined && params.length > 0 },
    ),
  );
  const differing = useMemo(
    () => probe.data && differingColumns(params, probe.data.columns, defaultAxes),
    [params, probe.data],
  );
  const found = params.length === 0 && keys !== undefined ? [] : differing;
  const targetId = target.column && columnId(target.column);
  const targetColumn = target.column;
  const columns = useMemo((): readonly RunColumn[] | undefined => {
    const chosen = view.axes ?? found;
    if (chosen === undefined) return undefined;
    if (targetColumn === undefined || chosen.some((column) => columnId(column) === targetId)) return chosen;
    return [...chosen, targetColumn];
  }, [view.axes, found, targetColumn, targetId]);
  const query = useQuery(
    api.analyses.table.queryOptions(
      {
        ...set,
        columns: (columns ?? []).map(({ entity, key }) =>
          entity === "metric"
            ? { entity, key, aggregate: columnId({ entity, key }) === targetId ? target.statistic : "last" }
            : { entity, key },
        ),
        limit: linesMax,
      },
      { enabled: columns !== undefined && columns.length > 0, placeholderData: keepPreviousData },
    ),
  );
  // What was kept of the question before has other columns.
  const answer = query.data?.columns.length === columns?.length ? query.data : undefined;
  return {
    columns,
    targetId,
    answer,
    error: query.error ?? probe.error,
    stale: query.isPlaceholderData,
    retry: () => void (probe.isError ? probe.refetch() : query.refetch()),
  };
}
