"use client";

import type { ChartWindow, ChartXAxis } from "@runweir/web-charts";
import { useAddress } from "@runweir/web-zones/address";
import { useMemo, useState } from "react";
import {
  columnId,
  parseColumn,
  type RunColumn,
  type RunOrder,
  readColumns,
  writeColumns,
} from "./run-column.ts";

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

/** An address with more runs than these is refused on the way; a larger selection lasts as long as the page. */
const selectedInAddressMax = 100;

export function useRunsView(): RunsView {
  const { get, set } = useAddress();
  const [many, setMany] = useState<readonly string[]>();
  const [filter, order, columns, selected] = [get("filter") ?? "", get("order"), get("columns"), get("runs")];
  const pane = get("view");
  return {
    filter,
    order: useMemo(() => readOrder(order), [order]),
    columns: useMemo(() => (columns === undefined ? undefined : readColumns(columns)), [columns]),
    selected: useMemo(
      () => many ?? (selected === undefined ? [] : selected.split(".").filter(Boolean)),
      [many, selected],
    ),
    deleted: get("stage") === "deleted",
    pane: pane === "table" || pane === "charts" ? pane : "split",
    setFilter: (next) => set({ filter: next.trim() === "" ? undefined : next.trim() }),
    setOrder: (next) => set({ order: writeOrder(next) }),
    setColumns: (next) => set({ columns: next === undefined ? undefined : writeColumns(next) }, "replace"),
    setSelected: (next) => {
      const isMany = next.length > selectedInAddressMax;
      setMany(isMany ? next : undefined);
      set({ runs: isMany || next.length === 0 ? undefined : next.join(".") }, "replace");
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

export interface ChartView {
  readonly xAxis: ChartXAxis;
  readonly logarithmic: boolean;
  /** 0 to below 1. */
  readonly smoothing: number;
  readonly window: ChartWindow | undefined;
  /** Only charts whose metric's name holds this. */
  readonly search: string;
  setXAxis(xAxis: ChartXAxis): void;
  setLogarithmic(logarithmic: boolean): void;
  setSmoothing(smoothing: number): void;
  setWindow(window: ChartWindow | undefined): void;
  setSearch(search: string): void;
}

/** How charts are drawn, on the runs page and on a run's page alike. */
export function useChartView(): ChartView {
  const { get, set } = useAddress();
  const x = get("x");
  const smoothing = Number(get("smooth") ?? 0);
  const zoom = get("zoom");
  return {
    xAxis: x === "relative" || x === "wall" ? x : "step",
    logarithmic: get("y") === "log",
    smoothing: smoothing > 0 && smoothing < 1 ? smoothing : 0,
    window: useMemo(() => readWindow(zoom), [zoom]),
    search: get("metric") ?? "",
    // A window is in the axis's unit and means nothing on another.
    setXAxis: (next) => set({ x: next === "step" ? undefined : next, zoom: undefined }, "replace"),
    setLogarithmic: (next) => set({ y: next ? "log" : undefined }, "replace"),
    setSmoothing: (next) => set({ smooth: next === 0 ? undefined : String(next) }, "replace"),
    setWindow: (next) => set({ zoom: next && `${next.from}_${next.to}` }, "push"),
    setSearch: (next) => set({ metric: next || undefined }, "replace"),
  };
}

function readWindow(text: string | undefined): ChartWindow | undefined {
  const [from, to] = (text ?? "").split("_").map(Number);
  if (from === undefined || to === undefined || !Number.isFinite(from) || !(to > from)) return undefined;
  return { from, to };
}
