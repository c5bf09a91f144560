import { formatCompact, formatCount, formatNumber } from "@runweir/web-ui";
import type { ChartLine } from "./chart-line.ts";
import type { PreparedLine } from "./prepare-lines.ts";

/** "5 × 380 of 81,204 points": what is drawn of what is stored. */
export function describePoints(lines: readonly ChartLine[]): string {
  const stored = lines.reduce((sum, line) => sum + line.storedPoints, 0);
  const drawn = lines.map((line) => line.drawnPoints);
  const most = Math.max(0, ...drawn);
  const count = (value: number) => (value < 1_000_000 ? formatCount(value) : formatCompact(value));
  const total = drawn.reduce((sum, value) => sum + value, 0);
  if (total === stored) return stored === 1 ? "1 point" : `${count(stored)} points`;
  const even = lines.length > 1 && drawn.every((value) => value === most);
  return `${even ? `${lines.length} × ${count(most)}` : count(total)} of ${count(stored)} points`;
}

export function describeNans(lines: readonly ChartLine[]): string | undefined {
  const nans = lines.reduce((sum, line) => sum + line.nanPoints, 0);
  return nans === 0 ? undefined : `${formatCount(nans)} NaN`;
}

/** A line in numbers, for those who cannot see it. */
export function summarizeLine(line: PreparedLine) {
  const low = line.min.filter((value) => value !== null);
  const high = line.max.filter((value) => value !== null);
  const last = line.last.findLast((value) => value !== null);
  const show = (value: number | undefined) => (value === undefined ? "none" : formatNumber(value));
  return {
    min: show(low.length === 0 ? undefined : low.reduce((a, b) => Math.min(a, b))),
    max: show(high.length === 0 ? undefined : high.reduce((a, b) => Math.max(a, b))),
    last: show(last ?? undefined),
  };
}
