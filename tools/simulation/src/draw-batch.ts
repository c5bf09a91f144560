import type { PointBatch } from "@runweir/ingest-domain";
import type { World } from "./world/world.ts";

/** The metrics of every run. */
export const keys = ["loss", "accuracy", "a", "b"] as const;

/** Some points that nobody has sent before, in steps that grow or come late. */
export function drawBatch({ random, scheduler, unique }: World): PointBatch {
  const count = random.between(1, 6);
  const used = random.shuffle(keys).slice(0, random.between(1, 3));
  const late = random.chance(0.3);
  return {
    keys: used,
    keyIndexes: Uint32Array.from({ length: count }, () => random.below(used.length)),
    steps: Float64Array.from({ length: count }, () => (late ? random.below(5) : unique())),
    timestamps: Float64Array.from({ length: count }, () => Math.round(scheduler.now()) + random.below(3)),
    values: Float64Array.from({ length: count }, () => (random.chance(0.05) ? Number.NaN : unique())),
  };
}

/** Points of both, as one request. */
export function concatenate(a: PointBatch, b: PointBatch): PointBatch {
  return {
    keys: [...a.keys, ...b.keys],
    keyIndexes: Uint32Array.from([...a.keyIndexes, ...b.keyIndexes.map((index) => index + a.keys.length)]),
    steps: Float64Array.from([...a.steps, ...b.steps]),
    timestamps: Float64Array.from([...a.timestamps, ...b.timestamps]),
    values: Float64Array.from([...a.values, ...b.values]),
  };
}
