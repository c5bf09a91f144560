import type { EChartsType } from "echarts/core";

let loading: Promise<(element: HTMLElement) => EChartsType> | undefined;

/**
 * Fetches the drawing code with the first chart that is seen; most of what a page of charts weighs is in it, and pages
 * without one never ask for it. A failed download is tried again by the next chart.
 */
export function loadEngine(): Promise<(element: HTMLElement) => EChartsType> {
  loading ??= import("./engine.ts").then(
    ({ createEngine }) => createEngine,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
