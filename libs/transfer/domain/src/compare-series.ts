import type { SeriesStatistics } from "@runweir/ingest-domain";

/**
 * Whether two sets of points have the same statistics. Sums are rounded differently when the same points are added in
 * another order, so they agree within that; all the rest is exact.
 */
export function isSameSeries(a: SeriesStatistics, b: SeriesStatistics): boolean {
  return (
    a.count === b.count &&
    a.nanCount === b.nanCount &&
    same(a.min, b.min) &&
    same(a.max, b.max) &&
    a.stepOfMin === b.stepOfMin &&
    a.stepOfMax === b.stepOfMax &&
    isSamePoint(a.first, b.first) &&
    isSamePoint(a.last, b.last) &&
    isNear(a, b)
  );
}

function isSamePoint(a: SeriesStatistics["first"], b: SeriesStatistics["first"]): boolean {
  return a.step === b.step && a.timestamp === b.timestamp && same(a.value, b.value);
}

/** -0 is 0, NaN is NaN. */
function same(a: number | null, b: number | null): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function isNear(a: SeriesStatistics, b: SeriesStatistics): boolean {
  if (same(a.sum, b.sum)) return true;
  if (a.sum === null || b.sum === null || !Number.isFinite(a.sum) || !Number.isFinite(b.sum))
    // Infinities of both signs, or sums beyond what a float64 holds: then the order decides what comes out.
    return a.sum !== null && b.sum !== null;
  const scale = Math.max(Math.abs(a.min ?? 0), Math.abs(a.max ?? 0)) * a.count;
  return Math.abs(a.sum - b.sum) <= scale * a.count * Number.EPSILON;
}
