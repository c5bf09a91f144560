import { firstNotBelow } from "./first-not-below.ts";
import type { SeriesPoints } from "./point-batch.ts";

export interface ReducedSeries {
  readonly x: readonly number[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly last: readonly (number | null)[];
  readonly storedPoints: number;
  readonly drawnPoints: number;
  readonly nanPoints: number;
}

/**
 * Reduces points with ascending `x` to one entry per non-empty bucket of equal width between `from` and `to`: smallest,
 * largest and last value, so no spike is lost. NaN is left out (null when a bucket has nothing else). As many points as
 * buckets, or fewer, are returned as they are.
 */
export function reduceSeries(
  points: SeriesPoints,
  x: Float64Array,
  range: { readonly from: number; readonly to: number; readonly buckets: number },
): ReducedSeries {
  const start = firstNotBelow(x, range.from);
  const end = firstAbove(x, range.to);
  const values = points.values.subarray(start, end);
  const places = x.subarray(start, end);
  const drawAll = values.length <= range.buckets;
  const scale = range.to > range.from ? range.buckets / (range.to - range.from) : 0;
  const out = {
    x: [] as number[],
    min: [] as (number | null)[],
    max: [] as (number | null)[],
    last: [] as (number | null)[],
  };
  let nans = 0;
  let bucketBefore = -1;
  for (let i = 0; i < values.length; i += 1) {
    const at = places[i] as number;
    const bucket = drawAll ? i : Math.min(range.buckets - 1, Math.floor((at - range.from) * scale));
    const value = values[i] as number;
    const number = Number.isNaN(value) ? null : value;
    if (number === null) nans += 1;
    if (bucket !== bucketBefore) {
      out.x.push(at);
      out.min.push(number);
      out.max.push(number);
      out.last.push(number);
      bucketBefore = bucket;
    } else widen(out, at, number);
  }
  return { ...out, storedPoints: values.length, drawnPoints: out.x.length, nanPoints: nans };
}

function widen(
  out: { x: number[]; min: (number | null)[]; max: (number | null)[]; last: (number | null)[] },
  at: number,
  value: number | null,
): void {
  const bucket = out.x.length - 1;
  out.x[bucket] = at;
  if (value === null) return;
  const min = out.min[bucket] ?? null;
  const max = out.max[bucket] ?? null;
  if (min === null || value < min) out.min[bucket] = value;
  if (max === null || value > max) out.max[bucket] = value;
  out.last[bucket] = value;
}

function firstAbove(ascending: Float64Array, bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
