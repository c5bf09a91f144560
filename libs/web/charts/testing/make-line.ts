import type { WireNumber } from "@runweir/web-ui";
import type { ChartLine } from "../src/chart-line.ts";

/** A line whose buckets hold one value each, unless `max` says otherwise; steps count from 0. */
export function makeLine(last: readonly (WireNumber | null)[], changes: Partial<ChartLine> = {}): ChartLine {
  return {
    id: "run-a",
    label: "calm-heron-10",
    color: "var(--run-1)",
    x: last.map((_, index) => index),
    min: last,
    max: last,
    last,
    storedPoints: last.length,
    drawnPoints: last.length,
    nanPoints: last.filter((value) => value === null || value === "NaN").length,
    ...changes,
  };
}
