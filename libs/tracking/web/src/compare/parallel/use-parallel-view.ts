"use client";

import type { Brushes } from "@runweir/web-charts";
import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";
import { columnId, type RunColumn, readColumns, writeColumns } from "../../runs/run-column.ts";
import { readBrushes, writeBrushes } from "./brush-address.ts";

/** More axes than these make a picture of crossings. */
export const axesMax = 20;

/** What the address says about the axes. */
export function useParallelView() {
  const { get, set } = useAddress();
  const [axes, log, brush] = [get("axes"), get("log"), get("brush")];
  const logged = useMemo(() => new Set(readColumns(log ?? "").map(columnId)), [log]);
  return {
    /** undefined: what differs, chosen by itself. */
    axes: useMemo(() => (axes === undefined ? undefined : readColumns(axes).slice(0, axesMax)), [axes]),
    /** Ids of the axes that are logarithmic. */
    logged,
    brushes: useMemo(() => readBrushes(brush), [brush]),
    setAxes: (next: readonly RunColumn[] | undefined) =>
      set({ axes: next === undefined ? undefined : writeColumns(next) }, "replace"),
    toggleLog: (column: RunColumn) => {
      const others = readColumns(log ?? "").filter((other) => columnId(other) !== columnId(column));
      const next = logged.has(columnId(column)) ? others : [...others, column];
      set({ log: next.length === 0 ? undefined : writeColumns(next) }, "replace");
    },
    setBrushes: (next: Brushes) => set({ brush: writeBrushes(next) }, "replace"),
  };
}

export type ParallelView = ReturnType<typeof useParallelView>;
