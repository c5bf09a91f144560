"use client";

import type { ChartWindow, ChartXAxis } from "@runweir/web-charts";
import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";

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
