import { firstNotBelow } from "./first-not-below.ts";
import { foldStatistics, followsLast, type Summary } from "./fold-statistics.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { subtractPoints } from "./point-set.ts";

/** Points of a series that its statistics do not count yet, some of which may be stored already. */
export interface UnfoldedSeries {
  /** A point set, not empty. */
  readonly points: SeriesPoints;
  /** The statistics of what is stored. */
  readonly before: Summary | undefined;
}

/** Those whose points have to be compared with stored ones: the others all lie behind the last stored point. */
export function lateSeries<S extends UnfoldedSeries>(series: readonly S[]): readonly S[] {
  return series.filter((one) => !followsLast(one.before, one.points));
}

/**
 * Leaves out what is stored already and brings the statistics up to date; series without a new point are left out.
 * `stored` has the stored points of late series, at least those in the range of the new ones.
 */
export function foldSeries<S extends UnfoldedSeries>(
  series: readonly S[],
  stored: (one: S) => SeriesPoints | undefined,
): readonly (S & { readonly summary: Summary })[] {
  return series.flatMap((one) => {
    const known = stored(one);
    const points = known ? subtractPoints(one.points, known) : one.points;
    return points.values.length === 0
      ? []
      : [{ ...one, points, summary: foldStatistics(one.before, points) }];
  });
}

/** From the first to the last step of a point set. */
export function stepRange(points: SeriesPoints): { readonly stepFrom: number; readonly stepTo: number } {
  return { stepFrom: points.steps[0] as number, stepTo: points.steps.at(-1) as number };
}

/** How many points of the ascending set lie behind the last step that the series had before. */
export function countBehind(before: Summary | undefined, fresh: SeriesPoints): number {
  return before ? firstNotBelow(fresh.steps, before.last.step) : 0;
}
