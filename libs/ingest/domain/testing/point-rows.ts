import type { PointBatch, SeriesPoints } from "../src/point-batch.ts";

/** A point as a test writes it down. */
export type PointRow = readonly [key: string, step: number, timestamp: number, value: number];

export function batchOf(rows: readonly PointRow[]): PointBatch {
  const keys = [...new Set(rows.map((row) => row[0]))];
  return {
    keys,
    keyIndexes: Uint32Array.from(rows, (row) => keys.indexOf(row[0])),
    steps: Float64Array.from(rows, (row) => row[1]),
    timestamps: Float64Array.from(rows, (row) => row[2]),
    values: Float64Array.from(rows, (row) => row[3]),
  };
}

export function rowsOf(key: string, points: SeriesPoints): PointRow[] {
  return Array.from(points.values, (value, i) => [
    key,
    points.steps[i] as number,
    points.timestamps[i] as number,
    value,
  ]);
}

/** Each point once; NaN is one value. */
export function distinctRows(rows: readonly PointRow[]): PointRow[] {
  return [...new Map(rows.map((row) => [row.map(String).join("|"), row])).values()];
}

function compareValues(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byStep(a: PointRow, b: PointRow): number {
  return a[1] - b[1] || a[2] - b[2] || compareValues(a[3], b[3]);
}

export function byTime(a: PointRow, b: PointRow): number {
  return a[2] - b[2] || a[1] - b[1] || compareValues(a[3], b[3]);
}
