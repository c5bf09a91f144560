import { expect, test } from "vitest";
import { smoothValues } from "./smooth-values.ts";

test("a weight of zero gives back the very values", () => {
  const values = [1, null, 3];
  expect(smoothValues(values, 0)).toBe(values);
});

test("a constant stays what it is from the first value on", () => {
  for (const value of smoothValues([4, 4, 4, 4], 0.9)) expect(value).toBeCloseTo(4, 10);
});

test("a corrected average is the weighted mean of what was seen", () => {
  const [first, second] = smoothValues([2, 8], 0.5);
  expect(first).toBeCloseTo(2, 10);
  // (0.5 · 2 · 0.5 + 8 · 0.5) / (1 - 0.5²)
  expect(second).toBeCloseTo(6, 10);
});

test("gaps stay gaps, and the average goes on behind them", () => {
  const [, gap, after] = smoothValues([1, null, 1], 0.8);
  expect(gap).toBeNull();
  expect(after).toBeCloseTo(1, 10);
});
