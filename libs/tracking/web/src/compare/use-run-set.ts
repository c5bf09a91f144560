"use client";

import { useMemo } from "react";
import type { CompareView } from "./use-compare-view.ts";

/** The runs as every question of the page names them. */
export type RunSet = ReturnType<typeof useRunSet>;

export function useRunSet({ experimentIds, runIds, filter }: CompareView) {
  return useMemo(() => {
    const field = { entity: "attribute" as const, key: "run_id" };
    const where = { kind: "comparison" as const, field, operator: "IN" as const, value: [...runIds] };
    return {
      experimentIds: [...experimentIds],
      ...(runIds.length > 0 ? { where } : filter === "" ? {} : { filter }),
    };
  }, [experimentIds, runIds, filter]);
}
