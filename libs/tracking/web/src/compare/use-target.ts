"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";
import { isSystem } from "../charts/chart-sections.ts";
import { parseColumn, type RunColumn } from "../runs/run-column.ts";

export const targetStatistics = ["last", "min", "max"] as const;
export type TargetStatistic = (typeof targetStatistics)[number];

/** The metric that runs are judged by, and which number of its series; two tabs share it. */
export function useTarget(keys: KeyCatalog | undefined) {
  const { get, set } = useAddress();
  const [target, statistic] = [get("target"), get("stat")];
  const column = useMemo((): RunColumn | undefined => {
    const chosen = target === undefined ? undefined : parseColumn(target);
    if (chosen?.entity === "metric") return chosen;
    const key = (keys?.metrics.find((metric) => !isSystem(metric.key)) ?? keys?.metrics[0])?.key;
    return key === undefined ? undefined : { entity: "metric", key };
  }, [target, keys]);
  return {
    /** undefined: not known yet, or there is no metric. */
    column,
    statistic: targetStatistics.find((known) => known === statistic) ?? "last",
    setColumn: (next: RunColumn | undefined) => set({ target: next && `metrics.${next.key}` }),
    setStatistic: (next: TargetStatistic) => set({ stat: next === "last" ? undefined : next }),
  };
}

export type Target = ReturnType<typeof useTarget>;
