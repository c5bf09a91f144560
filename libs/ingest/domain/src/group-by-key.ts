import { DomainError } from "@runweir/errors";
import type { PointBatch, SeriesPoints } from "./point-batch.ts";
import { slicePoints } from "./point-set.ts";
import type { SeriesBlock } from "./series-block.ts";

/** Of so many points memory is kept: 1.5 MiB. */
const keptPoints = 2 ** 16;
let kept = newColumns(0);

/**
 * Brings the points of a batch into series, one per metric that has points, keeping the order within each.
 *
 * Refuses with `invalid_argument`: columns of different lengths, steps beyond ±(2^53 - 1), timestamps that are negative
 * or beyond 2^53 - 1, and metric names that are empty, hold a NUL character or are not well-formed Unicode (Postgres
 * cannot store such text).
 *
 * The columns are views that hold until the next call: fresh memory costs more than what is done with it here.
 */
export function groupByKey(batch: PointBatch): SeriesBlock & { readonly keys: readonly string[] } {
  const count = batch.values.length;
  const { keyIndexes, steps, timestamps } = batch;
  if (keyIndexes.length !== count || steps.length !== count || timestamps.length !== count) {
    throw new DomainError("invalid_argument", "The columns of a batch of points differ in length.", {
      field: "metrics",
    });
  }
  const sizes = new Uint32Array(batch.keys.length);
  for (let i = 0; i < count; i += 1) {
    assertPoint(batch, i);
    sizes[keyIndexes[i] as number]! += 1;
  }
  const keys: string[] = [];
  const starts = new Uint32Array(sizes.length);
  const offsets: number[] = [0];
  let total = 0;
  for (let key = 0; key < sizes.length; key += 1) {
    if (sizes[key] === 0) continue;
    keys.push(assertKey(batch.keys[key] as string));
    starts[key] = total;
    total += sizes[key] as number;
    offsets.push(total);
  }
  return { keys, ...scatter(batch, starts, Uint32Array.from(offsets)) };
}

function scatter(batch: PointBatch, next: Uint32Array, offsets: Uint32Array): SeriesBlock {
  const count = batch.values.length;
  if (offsets.length === 2) {
    return { offsets, steps: batch.steps, timestamps: batch.timestamps, values: batch.values };
  }
  const { steps, timestamps, values } = columnsFor(count);
  for (let i = 0; i < count; i += 1) {
    const key = batch.keyIndexes[i] as number;
    const at = next[key] as number;
    next[key] = at + 1;
    steps[at] = batch.steps[i] as number;
    timestamps[at] = batch.timestamps[i] as number;
    values[at] = batch.values[i] as number;
  }
  return { offsets, steps, timestamps, values };
}

/** Holding whatever they held before. */
function columnsFor(count: number): SeriesPoints {
  if (count > keptPoints) return newColumns(count);
  if (kept.values.length < count) kept = newColumns(Math.min(keptPoints, count * 2));
  return slicePoints(kept, 0, count);
}

function newColumns(count: number): SeriesPoints {
  return {
    steps: new Float64Array(count),
    timestamps: new Float64Array(count),
    values: new Float64Array(count),
  };
}

function assertPoint(batch: PointBatch, i: number): void {
  const step = batch.steps[i] as number;
  const timestamp = batch.timestamps[i] as number;
  if (!Number.isSafeInteger(step)) {
    throw new DomainError(
      "invalid_argument",
      `A step must be a whole number within ±(2^53 - 1). Found ${step}.`,
      { field: `metrics[${i}].step` },
    );
  }
  if (!(Number.isSafeInteger(timestamp) && timestamp >= 0)) {
    throw new DomainError(
      "invalid_argument",
      `A timestamp must be a whole number of milliseconds from 0 to 2^53 - 1. Found ${timestamp}.`,
      { field: `metrics[${i}].timestamp` },
    );
  }
  if ((batch.keyIndexes[i] as number) >= batch.keys.length) {
    throw new DomainError("invalid_argument", "A point names no metric.", { field: `metrics[${i}].key` });
  }
}

function assertKey(key: string): string {
  if (key.length > 0 && !key.includes("\0") && key.isWellFormed()) return key;
  throw new DomainError(
    "invalid_argument",
    `A metric name must not be empty and must be well-formed text without NUL characters. Found ${JSON.stringify(key)}.`,
    { field: "metrics.key" },
  );
}
