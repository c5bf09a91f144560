import { type Floats, freshFloats } from "./column-memory.ts";
import { createNameMemory, type NameMemory } from "./name-memory.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { slicePoints, toPointSet } from "./point-set.ts";
import { decodeSegment, type Segment } from "./segment.ts";

/** Point sets by run number and metric name. */
export type GatheredSeries = Map<number, Map<string, SeriesPoints>>;

/** Brings the points of many segments together: per run and metric one set, each point once. */
export function gatherSeries(
  segments: Iterable<{ readonly runNo: number; readonly segment: Segment }>,
  wantedKeys?: ReadonlySet<string>,
  floats = freshFloats,
): GatheredSeries {
  const byRun = new Map<number, Segment[]>();
  for (const { runNo, segment } of segments) {
    const run = byRun.get(runNo);
    if (run) run.push(segment);
    else byRun.set(runNo, [segment]);
  }
  return new Map([...byRun].map(([runNo, run]) => [runNo, gatherRun(run, wantedKeys, floats)]));
}

const unwanted = -1;

/**
 * Counts first, then copies every point to its place: a segment often has one point per metric, where a view for each
 * would cost many times the point.
 */
function gatherRun(
  segments: readonly Segment[],
  wantedKeys: ReadonlySet<string> | undefined,
  floats: Floats,
): Map<string, SeriesPoints> {
  const keys: string[] = [];
  const places = placesOf(segments, keys, wantedKeys);
  const next = new Uint32Array(keys.length + 1);
  segments.forEach(({ offsets }, i) => {
    const place = places[i] as Int32Array;
    for (let series = 0; series < place.length; series += 1) {
      const at = place[series] as number;
      if (at !== unwanted) next[at + 1]! += (offsets[series + 1] as number) - (offsets[series] as number);
    }
  });
  for (let key = 0; key < keys.length; key += 1) next[key + 1]! += next[key] as number;
  const starts = next.slice();
  const points = copyPoints(segments, places, next, floats);
  return new Map(
    keys.map((key, i) => [
      key,
      toPointSet(slicePoints(points, starts[i] as number, starts[i + 1] as number)),
    ]),
  );
}

/** Where each series of each segment belongs among `keys`, which grows. Equal lists of names are looked up once. */
function placesOf(
  segments: readonly Segment[],
  keys: string[],
  wantedKeys: ReadonlySet<string> | undefined,
): readonly Int32Array[] {
  const indexes = new Map<string, number>();
  const known = new Map<readonly string[], Int32Array>();
  return segments.map((segment) => {
    const before = known.get(segment.keys);
    if (before) return before;
    const places = Int32Array.from(segment.keys, (key) => {
      const index = indexes.get(key);
      if (index !== undefined) return index;
      if (wantedKeys && !wantedKeys.has(key)) return unwanted;
      indexes.set(key, keys.length);
      return keys.push(key) - 1;
    });
    known.set(segment.keys, places);
    return places;
  });
}

function copyPoints(
  segments: readonly Segment[],
  places: readonly Int32Array[],
  next: Uint32Array,
  floats: Floats,
): SeriesPoints {
  const count = next.at(-1) as number;
  const steps = floats(count);
  const timestamps = floats(count);
  const values = floats(count);
  segments.forEach((segment, i) => {
    const place = places[i] as Int32Array;
    for (let series = 0; series < place.length; series += 1) {
      const key = place[series] as number;
      if (key === unwanted) continue;
      let at = next[key] as number;
      const end = segment.offsets[series + 1] as number;
      for (let from = segment.offsets[series] as number; from < end; from += 1, at += 1) {
        steps[at] = segment.steps[from] as number;
        timestamps[at] = segment.timestamps[from] as number;
        values[at] = segment.values[from] as number;
      }
      next[key] = at;
    }
  });
  return { steps, timestamps, values };
}

/**
 * Decodes segments that wait for folding. Damaged ones are left out: folding, which reads them next, sets them aside and
 * keeps the reason.
 */
export function decodePending(
  rows: readonly { readonly runNo: number; readonly body: Uint8Array }[],
  memory: NameMemory = createNameMemory(),
): { readonly runNo: number; readonly segment: Segment }[] {
  return rows.flatMap(({ runNo, body }) => {
    try {
      return [{ runNo, segment: decodeSegment(body, memory) }];
    } catch {
      return [];
    }
  });
}
