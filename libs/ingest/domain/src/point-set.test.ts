import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldStatistics, followsLast, type Summary } from "./fold-statistics.ts";
import { orderByTime } from "./order-by-time.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { subtractPoints, toPointSet } from "./point-set.ts";
import { unitePoints } from "./unite-points.ts";

type Row = readonly [step: number, timestamp: number, value: number];

function pointsOf(rows: readonly Row[]): SeriesPoints {
  return {
    steps: Float64Array.from(rows, (row) => row[0]),
    timestamps: Float64Array.from(rows, (row) => row[1]),
    values: Float64Array.from(rows, (row) => row[2]),
  };
}

function rowsOf(points: SeriesPoints): Row[] {
  return Array.from(points.values, (value, i) => [
    points.steps[i] as number,
    points.timestamps[i] as number,
    value,
  ]);
}

const value = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  0.5,
  -1,
  3,
  1e300,
);
const rows = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 2 }), value), { maxLength: 30 });
const name = (row: Row): string => row.map(String).join("/");
const rank = (a: number): number => (Number.isNaN(a) ? Number.NEGATIVE_INFINITY : a);

/** NaN and -Infinity share a rank, so NaN is put first by the tie-break. */
function naiveOrder(a: Row, b: Row): number {
  return (
    a[0] - b[0] ||
    a[1] - b[1] ||
    Math.sign(rank(a[2]) - rank(b[2])) ||
    Number(Number.isNaN(b[2])) - Number(Number.isNaN(a[2]))
  );
}

function naiveSet(all: readonly Row[]): Row[] {
  return [...new Map(all.map((row) => [name(row), row])).values()].sort(naiveOrder);
}

describe("points are a set", () => {
  it("holds each point once, in order, NaN included", () => {
    fc.assert(
      fc.property(rows, (all) => {
        expect(rowsOf(toPointSet(pointsOf(all)))).toEqual(naiveSet(all));
      }),
    );
  });

  it("unites and subtracts like sets of tuples", () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const setA = toPointSet(pointsOf(a));
        const setB = toPointSet(pointsOf(b));
        expect(rowsOf(unitePoints([setA, setB, setA]))).toEqual(naiveSet([...a, ...b]));
        const inB = new Set(b.map(name));
        expect(rowsOf(subtractPoints(setA, setB))).toEqual(naiveSet(a).filter((row) => !inB.has(name(row))));
      }),
    );
  });

  it("unites any number of sets, whether they lie one behind the other, overlap in long stretches or point by point", () => {
    const stretch = fc
      .record({
        from: fc.nat({ max: 200 }),
        count: fc.nat({ max: 120 }),
        every: fc.integer({ min: 1, max: 3 }),
      })
      .map(({ from, count, every }) =>
        Array.from({ length: count }, (_, i): Row => [from + i * every, 0, (from + i * every) % 7]),
      );
    fc.assert(
      fc.property(fc.array(fc.oneof(stretch, rows), { maxLength: 9 }), (parts) => {
        const sets = parts.map((part) => toPointSet(pointsOf(part)));
        expect(rowsOf(unitePoints(sets))).toEqual(naiveSet(parts.flat()));
      }),
    );
  });

  it("takes -0 and 0 for the same value", () => {
    expect(
      rowsOf(
        toPointSet(
          pointsOf([
            [1, 1, 0],
            [1, 1, -0],
          ]),
        ),
      ),
    ).toHaveLength(1);
  });

  it("is ordered by timestamp, step, value for a history", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const wanted = naiveSet(all).sort((a, b) => a[1] - b[1] || naiveOrder(a, b));
        expect(rowsOf(orderByTime(toPointSet(pointsOf(all))))).toEqual(wanted);
      }),
    );
  });
});

describe("statistics", () => {
  it("folded in any order and any parts equal those of the whole set", () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), (parts) => {
        let folded: Summary | undefined;
        let stored = pointsOf([]);
        for (const part of parts) {
          const fresh = subtractPoints(toPointSet(pointsOf(part)), stored);
          if (fresh.values.length === 0) continue;
          if (followsLast(folded, fresh))
            expect(stored.values.length + fresh.values.length).toBe(
              unitePoints([stored, fresh]).values.length,
            );
          folded = foldStatistics(folded, fresh);
          stored = unitePoints([stored, fresh]);
        }
        expect(folded).toEqual(naiveSummary(naiveSet(parts.flat())));
      }),
      { numRuns: 400 },
    );
  });
});

function naiveSummary(set: Row[]): Summary | undefined {
  if (set.length === 0) return undefined;
  const point = (row: Row) => ({ step: row[0], timestamp: row[1], value: row[2] });
  const numbers = set.filter((row) => !Number.isNaN(row[2]));
  const least = numbers.reduce<Row | undefined>((a, b) => (a && a[2] <= b[2] ? a : b), undefined);
  const most = numbers.reduce<Row | undefined>((a, b) => (a && a[2] >= b[2] ? a : b), undefined);
  return {
    count: set.length,
    nanCount: set.length - numbers.length,
    sum: numbers.length === 0 ? null : expect.any(Number),
    min: least?.[2] ?? null,
    max: most?.[2] ?? null,
    stepOfMin: least?.[0] ?? null,
    stepOfMax: most?.[0] ?? null,
    first: point(set[0] as Row),
    last: point(set[set.length - 1] as Row),
  };
}
