import type { ResultColumn } from "../run/result-table.ts";

export const histogramBins = 16;
const distinctMax = 10_000;

export interface ColumnSummary {
  readonly nulls: number;
  /** Different values; undefined when there are more than anybody would count. */
  readonly distinct: number | undefined;
  /** Of numbers and times: least, greatest, and how many lie in each of equal parts between them. */
  readonly histogram:
    | { readonly min: number; readonly max: number; readonly counts: readonly number[] }
    | undefined;
}

/**
 * What is in a column, exact over all its rows. A generator, so that a page can go on between slices of it: each `next`
 * looks at `slice` rows.
 */
export function* summariseColumn(
  column: ResultColumn,
  rows: number,
  slice = 50_000,
): Generator<undefined, ColumnSummary, undefined> {
  const seen = new Set<unknown>();
  let nulls = 0;
  let min = Infinity;
  let max = -Infinity;
  const isMeasured = column.kind === "number" || column.kind === "time" || column.kind === "date";
  for (let row = 0; row < rows; row++) {
    if (row % slice === slice - 1) yield;
    const value = column.value(row);
    if (value === null) nulls++;
    else if (seen.size <= distinctMax) seen.add(value);
    if (!isMeasured || value === null) continue;
    const number = Number(value);
    if (!Number.isFinite(number)) continue;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  const distinct = seen.size > distinctMax ? undefined : seen.size;
  if (min > max) return { nulls, distinct, histogram: undefined };
  const counts = new Array<number>(histogramBins).fill(0);
  // Halves first: the distance between very large numbers would be infinite.
  const width = max / histogramBins - min / histogramBins;
  for (let row = 0; row < rows; row++) {
    if (row % slice === slice - 1) yield;
    const value = column.value(row);
    const number = value === null ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) continue;
    const place = width === 0 ? 0 : Math.min(histogramBins - 1, Math.floor((number - min) / width));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return { nulls, distinct, histogram: { min, max, counts } };
}
