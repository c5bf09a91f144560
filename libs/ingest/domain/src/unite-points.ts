import type { SeriesPoints } from "./point-batch.ts";
import { comparePoints, newPoints, noPoints, slicePoints } from "./point-set.ts";

/** Fewer points are copied one by one: a view for each column would take longer. */
const stretchLeast = 24;
/** Of two sets, so many points of one before the next of the other are taken for the beginning of more. */
const streakLeast = 16;

/**
 * The union of point sets. What a set has before the next point of all others is copied at once, so sets that follow one another,
 * or overlap here and there, take little longer than their bytes, however many they are.
 */
export function unitePoints(sets: readonly SeriesPoints[]): SeriesPoints {
  const parts = sets.filter((set) => set.values.length > 0);
  if (parts.length < 2) return parts[0] ?? noPoints;
  const united = newPoints(parts.reduce((count, part) => count + part.values.length, 0));
  const heads = new Heads(parts);
  let count = 0;
  while (heads.count > 2) {
    const { points, place: start } = heads.first;
    const end = endBefore(points, start, heads.second);
    count = copyStretch(points, start, end, united, count);
    // Nothing before it: it is the same point, which comes from there.
    heads.advance(end === start ? end + 1 : end);
  }
  count = uniteTwo(heads.first, heads.second, united, count);
  if (count === united.values.length) return united;
  // Not a view: that would keep the whole column, which nobody counts.
  return {
    steps: united.steps.slice(0, count),
    timestamps: united.timestamps.slice(0, count),
    values: united.values.slice(0, count),
  };
}

/** A set, and the place of its first point that was not taken yet. */
interface Head {
  readonly points: SeriesPoints;
  place: number;
}

/** The heads of sets that have any points left: a heap, the least first. */
class Heads {
  readonly #heap: Head[];

  constructor(parts: readonly SeriesPoints[]) {
    // Ascending is a heap.
    this.#heap = parts.map((points) => ({ points, place: 0 })).sort(compareHeads);
  }

  get count(): number {
    return this.#heap.length;
  }

  get first(): Head {
    return this.#heap[0] as Head;
  }

  get second(): Head {
    const [, left, right] = this.#heap as [Head, Head, Head?];
    return right === undefined || compareHeads(left, right) <= 0 ? left : right;
  }

  /** Takes the first set up to there. */
  advance(place: number): void {
    const heap = this.#heap;
    const head = this.first;
    head.place = place;
    if (place === head.points.values.length) heap[0] = heap.pop() as Head;
    this.#sink();
  }

  #sink(): void {
    const heap = this.#heap;
    const head = this.first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && compareHeads(heap[child + 1] as Head, heap[child] as Head) < 0)
        child += 1;
      if (compareHeads(head, heap[child] as Head) <= 0) break;
      heap[at] = heap[child] as Head;
      at = child;
    }
    heap[at] = head;
  }
}

function compareHeads(one: Head, other: Head): number {
  return comparePoints(one.points, one.place, other.points, other.place);
}

/** Writes what is left of two sets; how many points there are then. */
function uniteTwo(one: Head, other: Head, to: SeriesPoints, at: number): number {
  const [a, b] = [one.points, other.points];
  let { place: i } = one;
  let { place: j } = other;
  let count = at;
  let streak = 0;
  while (i < a.values.length && j < b.values.length) {
    const order = comparePoints(a, i, b, j);
    if (order <= 0) {
      copyPoint(a, i, to, count);
      i += 1;
      if (order === 0) j += 1;
    } else {
      copyPoint(b, j, to, count);
      j += 1;
    }
    count += 1;
    if (order === 0) streak = 0;
    else streak = order < 0 ? Math.max(1, streak + 1) : Math.min(-1, streak - 1);
    if (streak < streakLeast && streak > -streakLeast) continue;
    const start = streak > 0 ? i : j;
    const end =
      streak > 0 ? endBefore(a, i, { points: b, place: j }) : endBefore(b, j, { points: a, place: i });
    count = copyStretch(streak > 0 ? a : b, start, end, to, count);
    if (streak > 0) i = end;
    else j = end;
    streak = 0;
  }
  count = copyStretch(a, i, a.values.length, to, count);
  return copyStretch(b, j, b.values.length, to, count);
}

/** The place of the first point, from `start` on, that is not before the rival's next one; by doubling, then by halving. */
function endBefore(points: SeriesPoints, start: number, rival: Head): number {
  const { points: other, place: bound } = rival;
  const length = points.values.length;
  if (bound === other.values.length) return length;
  let low = start;
  let high = start;
  for (let stride = 1; high < length && comparePoints(points, high, other, bound) < 0; stride *= 2) {
    low = high + 1;
    high = Math.min(length, high + stride);
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePoints(points, middle, other, bound) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many points there are then. */
function copyStretch(from: SeriesPoints, start: number, end: number, to: SeriesPoints, at: number): number {
  if (end - start >= stretchLeast) {
    const stretch = slicePoints(from, start, end);
    to.steps.set(stretch.steps, at);
    to.timestamps.set(stretch.timestamps, at);
    to.values.set(stretch.values, at);
  } else for (let i = start; i < end; i += 1) copyPoint(from, i, to, at + i - start);
  return at + end - start;
}

function copyPoint(from: SeriesPoints, place: number, to: SeriesPoints, at: number): void {
  to.steps[at] = from.steps[place] as number;
  to.timestamps[at] = from.timestamps[place] as number;
  to.values[at] = from.values[place] as number;
}
