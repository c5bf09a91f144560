import { freshFloats } from "./column-memory.ts";
import { compareValues } from "./compare-values.ts";
import type { SeriesPoints } from "./point-batch.ts";

/** Columns for so many points; `floats` may leave anything in them. */
export function newPoints(count: number, floats = freshFloats): SeriesPoints {
  return { steps: floats(count), timestamps: floats(count), values: floats(count) };
}

export const noPoints = newPoints(0);

/** Order and identity of points: (step, timestamp, value). 0 means that they are the same point. */
export function comparePoints(a: SeriesPoints, i: number, b: SeriesPoints, j: number): number {
  return (
    (a.steps[i] as number) - (b.steps[j] as number) ||
    (a.timestamps[i] as number) - (b.timestamps[j] as number) ||
    compareValues(a.values[i] as number, b.values[j] as number)
  );
}

/** The points `start` to `end` as views on the same columns. */
export function slicePoints(points: SeriesPoints, start: number, end?: number): SeriesPoints {
  return {
    steps: points.steps.subarray(start, end),
    timestamps: points.timestamps.subarray(start, end),
    values: points.values.subarray(start, end),
  };
}

/** Points in ascending order, each once. Points that are so already (the usual case) are returned as they are. */
export function toPointSet(points: SeriesPoints): SeriesPoints {
  const count = points.values.length;
  let ascending = true;
  for (let i = 1; ascending && i < count; i += 1) ascending = comparePoints(points, i - 1, points, i) < 0;
  if (ascending) return points;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => comparePoints(points, i, points, j) || i - j,
  );
  let kept = 1;
  for (let i = 1; i < count; i += 1) {
    const at = order[i] as number;
    if (comparePoints(points, order[kept - 1] as number, points, at) === 0) continue;
    order[kept] = at;
    kept += 1;
  }
  return takePoints(points, order.subarray(0, kept));
}

/** The points at these places, in this order. */
export function takePoints(points: SeriesPoints, places: Uint32Array): SeriesPoints {
  const count = places.length;
  const { steps, timestamps, values } = newPoints(count);
  for (let i = 0; i < count; i += 1) {
    const at = places[i] as number;
    steps[i] = points.steps[at] as number;
    timestamps[i] = points.timestamps[at] as number;
    values[i] = points.values[at] as number;
  }
  return { steps, timestamps, values };
}

/** All points of the parts one behind the other. */
export function joinPoints(parts: readonly SeriesPoints[], floats = freshFloats): SeriesPoints {
  if (parts.length === 1) return parts[0] as SeriesPoints;
  let count = 0;
  for (const part of parts) count += part.values.length;
  const { steps, timestamps, values } = newPoints(count, floats);
  let at = 0;
  for (const part of parts) {
    steps.set(part.steps, at);
    timestamps.set(part.timestamps, at);
    values.set(part.values, at);
    at += part.values.length;
  }
  return { steps, timestamps, values };
}

/** The points of the set that are not in the other set. */
export function subtractPoints(set: SeriesPoints, other: SeriesPoints): SeriesPoints {
  const count = set.values.length;
  const kept = new Uint32Array(count);
  let keptCount = 0;
  let j = 0;
  for (let i = 0; i < count; i += 1) {
    let order = 1;
    while (j < other.values.length) {
      order = comparePoints(other, j, set, i);
      if (order >= 0) break;
      j += 1;
    }
    if (order === 0) continue;
    kept[keptCount] = i;
    keptCount += 1;
  }
  return keptCount === count ? set : takePoints(set, kept.subarray(0, keptCount));
}
