"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";
import { isSystem } from "../../charts/chart-sections.ts";
import { columnId, parseColumn, type RunColumn, readColumns, writeColumns } from "../../runs/run-column.ts";
import { type Band, bands } from "./group-lines.ts";

/** Charts that are there before anybody has chosen. */
const defaultCharts = 4;
export const chartsMax = 24;

/** What the address says about the curves. */
export function useCurvesView(keys: KeyCatalog | undefined) {
  const { get, set } = useAddress();
  const [chosen, group, band] = [get("metrics"), get("group"), get("band")];
  const metrics = useMemo((): readonly RunColumn[] | undefined => {
    if (chosen !== undefined)
      return readColumns(chosen)
        .filter(({ entity }) => entity === "metric")
        .slice(0, chartsMax);
    return keys?.metrics
      .filter(({ key }) => !isSystem(key))
      .slice(0, defaultCharts)
      .map(({ key }) => ({ entity: "metric", key }));
  }, [chosen, keys]);
  return {
    /** undefined: not known yet. */
    metrics,
    group: useMemo(() => (group === undefined ? undefined : groupOf(parseColumn(group))), [group]),
    band: bands.find((known) => known === band) ?? "deviation",
    setMetrics: (next: readonly RunColumn[] | undefined) =>
      set({ metrics: next === undefined ? undefined : writeColumns(next) }, "replace"),
    setGroup: (next: RunColumn | undefined) => set({ group: next && columnId(next) }),
    setBand: (next: Band) => set({ band: next === "deviation" ? undefined : next }, "replace"),
  };
}

/** Runs are grouped by what they were given, never by what they measured. */
function groupOf(column: RunColumn | undefined) {
  if (column === undefined || column.entity === "metric") return undefined;
  return { entity: column.entity, key: column.key };
}

export type CurvesView = ReturnType<typeof useCurvesView>;
