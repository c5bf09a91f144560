import { compareValues } from "./compare-values.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { takePoints } from "./point-set.ts";

/** Points in MLflow's order of a history: timestamp, step, value. A set whose steps rise with time is returned as it is. */
export function orderByTime(points: SeriesPoints): SeriesPoints {
  const count = points.values.length;
  const compare = (i: number, j: number): number =>
    (points.timestamps[i] as number) - (points.timestamps[j] as number) ||
    (points.steps[i] as number) - (points.steps[j] as number) ||
    compareValues(points.values[i] as number, points.values[j] as number);
  let ordered = true;
  for (let i = 1; ordered && i < count; i += 1) ordered = compare(i - 1, i) <= 0;
  if (ordered) return points;
  return takePoints(points, Uint32Array.from({ length: count }, (_, i) => i).sort(compare));
}
