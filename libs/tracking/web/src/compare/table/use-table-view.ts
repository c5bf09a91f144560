"use client";

import { useAddress } from "@runweir/web-zones/address";

/** What the address says about the table. */
export function useTableView(runs: readonly { readonly runId: string }[]) {
  const { get, set } = useAddress();
  const baseline = runs.findIndex(({ runId }) => runId === get("baseline"));
  return {
    search: get("find") ?? "",
    onlyDifferences: get("rows") !== "all" && runs.length > 1,
    /** The column that metrics are compared with; -1: none. */
    baseline,
    setSearch: (text: string) => set({ find: text || undefined }, "replace"),
    setOnlyDifferences: (only: boolean) => set({ rows: only ? undefined : "all" }, "replace"),
    setBaseline: (runId: string | undefined) => set({ baseline: runId }, "replace"),
  };
}

export type TableView = ReturnType<typeof useTableView>;
