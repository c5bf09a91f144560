import type { PointBatch } from "../point-batch.ts";

/** So that each part fits into one record of a log (1 MiB) whatever its numbers are. */
const partBytesMax = 1_000_000;
/** No encoding of a step, a timestamp and a value is longer. */
const pointBytesMax = 26;
/** The count of its points, and the length of its text in front of at most three bytes a character. */
const nameBytesMax = (name: string): number => 12 + name.length * 3;

/**
 * Points of one run in as few parts, in their order, as fit into one segment each. The same points give the same parts,
 * so that a repeated request is recognised part by part.
 */
export function splitPoints(points: PointBatch): readonly PointBatch[] {
  const { keys, keyIndexes } = points;
  const count = keyIndexes.length;
  const nameBytes = keys.map(nameBytesMax);
  if (count * pointBytesMax + nameBytes.reduce((sum, bytes) => sum + bytes, 0) <= partBytesMax)
    return [points];
  const parts: PointBatch[] = [];
  const usedIn = new Uint32Array(keys.length);
  let start = 0;
  let bytes = 0;
  for (let i = 0; i < count; i += 1) {
    const key = keyIndexes[i] as number;
    let cost = pointBytesMax + (usedIn[key] === parts.length + 1 ? 0 : (nameBytes[key] as number));
    if (i > start && bytes + cost > partBytesMax) {
      parts.push(sliceBatch(points, start, i));
      start = i;
      bytes = 0;
      cost = pointBytesMax + (nameBytes[key] as number);
    }
    usedIn[key] = parts.length + 1;
    bytes += cost;
  }
  parts.push(sliceBatch(points, start, count));
  return parts;
}

function sliceBatch(points: PointBatch, start: number, end: number): PointBatch {
  return {
    keys: points.keys,
    keyIndexes: points.keyIndexes.subarray(start, end),
    steps: points.steps.subarray(start, end),
    timestamps: points.timestamps.subarray(start, end),
    values: points.values.subarray(start, end),
  };
}
