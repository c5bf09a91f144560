"use client";

import { useAddress } from "@runweir/web-zones/address";
import { useMemo, useState } from "react";
import {
  columnId,
  parseColumn,
  type RunColumn,
  type RunOrder,
  readColumns,
  writeColumns,
} from "../runs/run-column.ts";
import { readRunIds, runsInAddressMax, writeRunIds } from "../runs/run-ids.ts";

export type Pane = "split" | "table" | "charts";

/** What the address says about the runs page, and the ways to change it. */
export interface RunsView {
  readonly filter: string;
  readonly order: RunOrder;
  /** undefined: chosen by what the runs have. */
  readonly columns: readonly RunColumn[] | undefined;
  /** In the order of selection. */
  readonly selected: readonly string[];
  readonly deleted: boolean;
  readonly pane: Pane;
  setFilter(filter: string): void;
  setOrder(order: RunOrder): void;
  setColumns(columns: readonly RunColumn[] | undefined): void;
  setSelected(runIds: readonly string[]): void;
  setDeleted(deleted: boolean): void;
  setPane(pane: Pane): void;
}

const newestFirst: RunOrder = { column: { entity: "attribute", key: "start_time" }, ascending: false };

export function useRunsView(): RunsView {
  const { get, set } = useAddress();
  const [many, setMany] = useState<readonly string[]>();
  const [filter, order, columns, selected] = [get("filter") ?? "", get("order"), get("columns"), get("runs")];
  const pane = get("view");
  return {
    filter,
    order: useMemo(() => readOrder(order), [order]),
    columns: useMemo(() => (columns === undefined ? undefined : readColumns(columns)), [columns]),
    selected: useMemo(() => many ?? readRunIds(selected), [many, selected]),
    deleted: get("stage") === "deleted",
    pane: pane === "table" || pane === "charts" ? pane : "split",
    setFilter: (next) => set({ filter: next.trim() === "" ? undefined : next.trim() }),
    setOrder: (next) => set({ order: writeOrder(next) }),
    setColumns: (next) => set({ columns: next === undefined ? undefined : writeColumns(next) }, "replace"),
    setSelected: (next) => {
      const isMany = next.length > runsInAddressMax;
      setMany(isMany ? next : undefined);
      set({ runs: isMany ? undefined : writeRunIds(next) }, "replace");
    },
    setDeleted: (next) => {
      setMany(undefined);
      set({ stage: next ? "deleted" : undefined, runs: undefined });
    },
    setPane: (next) => set({ view: next === "split" ? undefined : next }, "replace"),
  };
}

function readOrder(text: string | undefined): RunOrder {
  const found = /^(.*) (asc|desc)$/.exec(text ?? "");
  const column = found?.[1] === undefined ? undefined : parseColumn(found[1]);
  return column === undefined ? newestFirst : { column, ascending: found?.[2] === "asc" };
}

function writeOrder(order: RunOrder): string | undefined {
  const text = `${columnId(order.column)} ${order.ascending ? "asc" : "desc"}`;
  return text === `${columnId(newestFirst.column)} desc` ? undefined : text;
}
