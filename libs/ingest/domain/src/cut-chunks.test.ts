import { expect, test } from "vitest";
import { seriesInChunk } from "./chunk.ts";
import { cutChunks, type KeyedSeries, type NewChunk, settledTier } from "./cut-chunks.ts";
import { mergeChunks } from "./merge-chunks.ts";

/** A series of so many points. */
function series(keyId: number, count: number): KeyedSeries {
  const column = Float64Array.from({ length: count }, (_, i) => i);
  return { keyId, points: { steps: column, timestamps: column, values: column } };
}

const shape = (chunks: readonly NewChunk[]) =>
  chunks.map(({ tier, chunk }) => [tier, [...chunk.keyIds], chunk.values.length]);

test("full parts of a series settle, and so do rests of a quarter; smaller ones share chunks", () => {
  const chunks = cutChunks([series(1, 8_192 + 2_048), series(2, 2_047), series(3, 8_192 + 1)], 0, 8_192);
  expect(shape(chunks)).toEqual([
    [settledTier, [1], 8_192],
    [settledTier, [1], 2_048],
    [settledTier, [3], 8_192],
    [0, [2, 3], 2_048],
  ]);
});

test("no shared chunk is larger than a full one", () => {
  const many = Array.from({ length: 10 }, (_, key) => series(key, 2_000));
  expect(shape(cutChunks(many, 3, 8_192)).map(([, , points]) => points)).toEqual([8_000, 8_000, 4_000]);
});

test("merged chunks hold the same points one tier higher, until there are enough of a series to settle", () => {
  const part = (from: number) => {
    const column = Float64Array.from({ length: 700 }, (_, i) => from + i);
    return { keyId: 5, points: { steps: column, timestamps: column, values: column } };
  };
  const parts = [0, 700].flatMap((from) => cutChunks([part(from)], 0, 8_192));
  const [merged, none] = mergeChunks(parts, 8_192);
  expect(none).toBeUndefined();
  expect(merged?.tier).toBe(1);
  expect(merged && seriesInChunk(merged.chunk, 5)?.steps.at(-1)).toBe(1_399);
  const next = mergeChunks([...(merged ? [merged] : []), ...cutChunks([part(1_400)], 0, 8_192)], 8_192);
  expect(shape(next)).toEqual([[settledTier, [5], 2_100]]);
});
