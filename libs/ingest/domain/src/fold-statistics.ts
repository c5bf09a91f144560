import { compareValues } from "./compare-values.ts";
import type { SeriesPoints } from "./point-batch.ts";
import type { Point, SeriesStatistics } from "./series-statistics.ts";

export type Summary = Omit<SeriesStatistics, "key">;

/**
 * Statistics of a series after more points: `fresh` is a non-empty point set that shares no point with those already
 * counted in `before`. The sum is a float64 sum, so its last digits depend on the order in which points arrived.
 */
export function foldStatistics(before: Summary | undefined, fresh: SeriesPoints): Summary {
  const count = fresh.values.length;
  let nans = 0;
  let sum = 0;
  let least = -1;
  let most = -1;
  for (let i = 0; i < count; i += 1) {
    const value = fresh.values[i] as number;
    if (Number.isNaN(value)) {
      nans += 1;
      continue;
    }
    sum += value;
    if (least < 0 || value < (fresh.values[least] as number)) least = i;
    if (most < 0 || value > (fresh.values[most] as number)) most = i;
  }
  const min = extreme(fresh, least);
  const max = extreme(fresh, most);
  const first = pointAt(fresh, 0);
  const last = pointAt(fresh, count - 1);
  if (!before) {
    return {
      count,
      nanCount: nans,
      sum: min ? sum : null,
      ...extremes(min, max),
      first,
      last,
    };
  }
  return {
    count: before.count + count,
    nanCount: before.nanCount + nans,
    sum: min ? (before.sum ?? 0) + sum : before.sum,
    ...extremes(
      firstOf(extremeOf(before.min, before.stepOfMin), min, 1),
      firstOf(extremeOf(before.max, before.stepOfMax), max, -1),
    ),
    first: orderOf(first, before.first) < 0 ? first : before.first,
    last: orderOf(last, before.last) > 0 ? last : before.last,
  };
}

interface Extreme {
  readonly value: number;
  readonly step: number;
}

function extreme(points: SeriesPoints, at: number): Extreme | undefined {
  return at < 0 ? undefined : { value: points.values[at] as number, step: points.steps[at] as number };
}

function extremeOf(value: number | null, step: number | null): Extreme | undefined {
  return value === null || step === null ? undefined : { value, step };
}

function extremes(min: Extreme | undefined, max: Extreme | undefined) {
  return {
    min: min?.value ?? null,
    max: max?.value ?? null,
    stepOfMin: min?.step ?? null,
    stepOfMax: max?.step ?? null,
  };
}

/** The smaller (direction 1) or larger (direction -1) of two extremes; of equal ones that with the smaller step. */
function firstOf(a: Extreme | undefined, b: Extreme | undefined, direction: 1 | -1): Extreme | undefined {
  if (!a || !b) return a ?? b;
  if (a.value === b.value) return b.step < a.step ? b : a;
  return a.value * direction < b.value * direction ? a : b;
}

function pointAt(points: SeriesPoints, at: number): Point {
  return {
    step: points.steps[at] as number,
    timestamp: points.timestamps[at] as number,
    value: points.values[at] as number,
  };
}

function orderOf(a: Point, b: Point): number {
  return a.step - b.step || a.timestamp - b.timestamp || compareValues(a.value, b.value);
}

/** Whether every point of the non-empty set comes after the last point counted so far, so that none can be a repeat. */
export function followsLast(before: Summary | undefined, fresh: SeriesPoints): boolean {
  return before === undefined || orderOf(pointAt(fresh, 0), before.last) > 0;
}
