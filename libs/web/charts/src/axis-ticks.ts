import { formatCompact, formatCount, formatDuration, formatInstant } from "@runweir/web-ui";
import type { ChartXAxis } from "./chart-line.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const durations = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => count * day),
];

/** A round distance between ticks that gives at most `count` of them over `span`; steps are whole. */
export function tickInterval(axis: ChartXAxis, span: number, count: number): number {
  const wanted = span / count;
  if (axis === "relative") return durations.find((candidate) => candidate >= wanted) ?? durations.at(-1)!;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const found = [1, 2, 5, 10]
    .map((factor) => factor * power)
    .find((candidate) => candidate >= wanted * 0.999);
  const interval = found ?? 10 * power;
  return axis === "step" ? Math.max(1, Math.round(interval)) : interval;
}

/** The multiples of `interval` from one end to the other, both included. */
export function ticksBetween(from: number, to: number, interval: number): readonly number[] {
  // Counted, not added up: a sum of decimals drifts away from round numbers.
  const first = Math.ceil(from / interval);
  const last = Math.floor(to / interval);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * interval).toPrecision(15)),
  );
}

/** A tick on the x axis, `interval` apart from the next; wall time is left to ECharts, which knows calendars. */
export function formatXTick(axis: ChartXAxis, value: number, interval: number): string {
  if (axis === "relative") return value === 0 ? "0" : formatDuration(value).replace(/\.0 s$/, " s");
  return interval >= 100 && value >= 1_000 ? formatCompact(value).replace(" ", "") : formatCount(value);
}

/** The x value under the cursor, in words. */
export function formatXValue(axis: ChartXAxis, value: number): string {
  if (axis === "relative") return `after ${formatDuration(value)}`;
  if (axis === "wall") return formatInstant(value);
  return `step ${formatCount(value)}`;
}
