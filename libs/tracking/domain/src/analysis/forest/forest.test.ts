import { describe, expect, it } from "vitest";
import { correlate } from "./correlate.ts";
import { type EncodedParam, encodeParam } from "./encode-param.ts";
import { growForest } from "./grow-forest.ts";
import { randomSource } from "./random-source.ts";

function encoded(values: readonly (string | null)[]): EncodedParam {
  const param = encodeParam(values);
  if (typeof param === "string") throw new Error(param);
  return param;
}

function forestOf(columns: readonly (readonly (string | null)[])[], target: readonly number[]) {
  const bins = columns.map((values) => encoded(values).bins);
  return growForest({ rows: target.length, bins, target: Float64Array.from(target), trees: 60, seed: 7 });
}

const random = randomSource(1);
const rows = Array.from({ length: 600 }, () => [random(), random(), random()] as const);
const columnOf = (place: 0 | 1 | 2) => rows.map((row) => String(row[place]));
const optimizers = rows.map((_, i) => ["adam", "sgd", "rmsprop"][i % 3] as string);

describe("encoding", () => {
  it.each([
    [["1", "1", "1"], "constant"],
    [[null, null], "constant"],
    [Array.from({ length: 40 }, (_, i) => `name-${i}`), "too-many-values"],
  ])("%j says nothing", (values, reason) => {
    expect(encodeParam(values)).toBe(reason);
  });

  it("keeps the order of numbers, and a place for what is missing", () => {
    const { kind, bins, numbers, runs, values } = encoded(["10", "9", null, "1e1", "-.5"]);
    expect([kind, [...bins], runs, values]).toEqual(["number", [3, 2, 0, 3, 1], 4, 4]);
    expect([...(numbers ?? [])]).toEqual([10, 9, Number.NaN, 10, -0.5]);
  });

  it("has few bins for many numbers, about as full each", () => {
    const { bins, binCount } = encoded(Array.from({ length: 6_300 }, (_, i) => String(i * i)));
    expect(binCount).toBeLessThanOrEqual(64);
    const sizes = [...Map.groupBy(bins, (bin) => bin).values()].map(({ length }) => length);
    expect([sizes.length, Math.min(...sizes), Math.max(...sizes)]).toEqual([63, 100, 100]);
  });

  it("takes words for categories, missing for one more", () => {
    const { kind, bins, binCount } = encoded(["True", "False", null, "True"]);
    expect([kind, [...bins], binCount]).toEqual(["category", [2, 1, 0, 2], 3]);
  });
});

describe("forest", () => {
  it("finds what a target hangs on, by how much", () => {
    const target = rows.map(([a, b, c]) => 3 * a - 2 * b + 0.01 * c);
    const { outOfBag, shares } = forestOf([columnOf(0), columnOf(1), columnOf(2)], target);
    expect(outOfBag).toBeGreaterThan(0.9);
    expect([...shares].reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    // Of the variance 9/13 and 4/13.
    expect(shares[0]).toBeGreaterThan(0.6);
    expect(shares[0]).toBeLessThan(0.78);
    expect(shares[2]).toBeLessThan(0.01);
  });

  it("finds a category, and a param that only some have", () => {
    const target = rows.map(([a], i) => (optimizers[i] === "sgd" ? 5 : 0) + a);
    const { shares } = forestOf([optimizers, columnOf(1)], target);
    expect(shares[0]).toBeGreaterThan(0.95);
    const some = rows.map(([a], i) => (i % 2 === 0 ? String(a) : null));
    expect(
      forestOf(
        [some, columnOf(1)],
        rows.map((_, i) => i % 2),
      ).shares[0],
    ).toBeGreaterThan(0.95);
  });

  it("says of noise that it explains nothing", () => {
    const noise = randomSource(99);
    const { outOfBag } = forestOf(
      [columnOf(0), columnOf(1)],
      rows.map(() => noise()),
    );
    expect(outOfBag).toBeLessThan(0.1);
  });

  it("has the same answer to the same question, and none where nothing varies", () => {
    const target = rows.map(([a, b]) => a * b);
    expect(forestOf([columnOf(0), columnOf(1)], target)).toEqual(
      forestOf([columnOf(0), columnOf(1)], target),
    );
    expect(
      forestOf(
        [columnOf(0)],
        rows.map(() => 4),
      ),
    ).toEqual({ outOfBag: null, shares: new Float64Array([0]) });
  });
});

describe("correlation", () => {
  const of = (a: readonly number[], b: readonly number[]) =>
    correlate(Float64Array.from(a), Float64Array.from(b));
  it.each([
    [[1, 2, 3], [2, 4, 6], 1],
    [[1, 2, 3], [6, 4, 2], -1],
    [[1, 2, 3, 4], [1, 3, 2, 4], 0.8],
    [[1, 1], [1, 2], null],
    [[1e15, 1e15 + 1, 1e15 + 2, Number.NaN], [0, 1, 2, 9], 1],
  ])("of %j and %j", (a, b, expected) => {
    if (expected === null) expect(of(a, b)).toBeNull();
    else expect(of(a, b)).toBeCloseTo(expected, 12);
  });
});
