import { expect, test } from "vitest";
import { type CachedResult, createResultCache } from "./result-cache.ts";

const result = (bytes: number): CachedResult => ({
  columns: [],
  chunks: [new Uint8Array(bytes)],
  summary: { rows: 1, bytes, truncated: false },
});

test("what was not used for longest goes first, and the bytes never exceed the bound", () => {
  const cache = createResultCache(40_000);
  for (const key of ["a", "b", "c"]) cache.keep(key, result(10_000));
  cache.find("a");
  cache.keep("d", result(10_000));
  expect(["a", "b", "c", "d"].filter((key) => cache.find(key))).toEqual(["a", "c", "d"]);
});

test("a result kept twice counts once, and one that is too large not at all", () => {
  const cache = createResultCache(25_000);
  for (let count = 0; count < 10; count += 1) cache.keep("a", result(10_000));
  cache.keep("b", result(10_000));
  cache.keep("c", result(25_000));
  expect(["a", "b", "c"].map((key) => cache.find(key) !== undefined)).toEqual([true, true, false]);
});
