"use client";

import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";
import { readRunIds, runsInAddressMax, writeRunIds } from "../runs/run-ids.ts";

export const compareTabs = ["table", "curves", "parallel", "importance"] as const;
export type CompareTab = (typeof compareTabs)[number];

/** Which runs, and how they are looked at. Either runs are chosen, or the filter says which. */
export interface CompareView {
  readonly experimentIds: readonly string[];
  /** Chosen one by one, in this order; empty: all that the filter matches. */
  readonly runIds: readonly string[];
  readonly filter: string;
  readonly tab: CompareTab;
  setFilter(filter: string): void;
  /** undefined: all runs of the experiments. */
  setRunIds(runIds: readonly string[] | undefined): void;
  setTab(tab: CompareTab): void;
}

export function useCompareView(): CompareView {
  const { get, set } = useAddress();
  const [experiments, runs, filter, tab] = [get("experiments"), get("runs"), get("filter"), get("tab")];
  return {
    experimentIds: useMemo(() => readRunIds(experiments), [experiments]),
    runIds: useMemo(() => readRunIds(runs).slice(0, runsInAddressMax), [runs]),
    filter: filter ?? "",
    tab: compareTabs.find((known) => known === tab) ?? "table",
    setFilter: (next) => set({ filter: next.trim() || undefined }),
    setRunIds: (next) => set({ runs: next && writeRunIds(next), filter: undefined }),
    setTab: (next) => set({ tab: next === "table" ? undefined : next }),
  };
}
