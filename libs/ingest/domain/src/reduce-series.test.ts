import { describe, expect, it } from "vitest";
import { reduceSeries } from "./reduce-series.ts";
import { sampleSteps } from "./sample-steps.ts";

function seriesOf(values: number[]) {
  const steps = Float64Array.from(values, (_, i) => i);
  return {
    points: { steps, timestamps: steps, values: Float64Array.from(values) },
    x: steps,
  };
}

describe("a reduced series", () => {
  it("keeps the smallest, largest and last value of every bucket, so a spike is never lost", () => {
    const values = Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
    values[54_321] = 1e6;
    const { points, x } = seriesOf(values);
    const reduced = reduceSeries(points, x, { from: 0, to: 99_999, buckets: 100 });
    expect(reduced.drawnPoints).toBe(100);
    expect(reduced.storedPoints).toBe(100_000);
    expect(Math.max(...reduced.max.map((value) => value ?? 0))).toBe(1e6);
    expect(reduced.last.at(-1)).toBe(values.at(-1));
    expect(reduced.x.at(-1)).toBe(99_999);
  });

  it("returns few points as they are, NaN as null", () => {
    const { points, x } = seriesOf([1, Number.NaN, Number.POSITIVE_INFINITY]);
    expect(reduceSeries(points, x, { from: 0, to: 2, buckets: 10 })).toEqual({
      x: [0, 1, 2],
      min: [1, null, Number.POSITIVE_INFINITY],
      max: [1, null, Number.POSITIVE_INFINITY],
      last: [1, null, Number.POSITIVE_INFINITY],
      storedPoints: 3,
      drawnPoints: 3,
      nanPoints: 1,
    });
  });

  it("sees only its window, both ends included, and leaves NaN out of a bucket with numbers", () => {
    const { points, x } = seriesOf([9, 1, Number.NaN, 3, 2, 9]);
    expect(reduceSeries(points, x, { from: 1, to: 4, buckets: 1 })).toMatchObject({
      x: [4],
      min: [1],
      max: [3],
      last: [2],
      storedPoints: 4,
      nanPoints: 1,
    });
  });

  it("puts everything in one bucket when all x are the same", () => {
    const { points } = seriesOf([4, 8, 6]);
    const x = Float64Array.of(5, 5, 5);
    expect(reduceSeries(points, x, { from: 5, to: 5, buckets: 2 })).toMatchObject({
      min: [4],
      max: [8],
      last: [6],
    });
  });
});

describe("sampled steps", () => {
  const upTo = (count: number) => Float64Array.from({ length: count }, (_, i) => i);

  it("are all steps when there are few, and even ones with both ends when there are many", () => {
    expect([...sampleSteps([upTo(5)], {}, 10)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect([...sampleSteps([upTo(100)], {}, 4)].sort((a, b) => a - b)).toEqual([0, 25, 50, 75, 99]);
  });

  it("stay even in a window that begins late", () => {
    const steps = sampleSteps([upTo(100)], { startStep: 60, endStep: 99 }, 4);
    expect([...steps].sort((a, b) => a - b)).toEqual([60, 70, 80, 90, 99]);
  });

  it("hold the ends of every series within the window", () => {
    const steps = sampleSteps([upTo(100), Float64Array.of(33, 77)], {}, 2);
    expect([...steps].sort((a, b) => a - b)).toEqual([0, 33, 50, 77, 99]);
  });

  it("are none for series without points", () => {
    expect(sampleSteps([new Float64Array(0)], {}, 5).size).toBe(0);
  });
});
