import { expect, test } from "vitest";
import { formatValueTick, valueTicks } from "./value-ticks.ts";

const line = (values: readonly (number | null)[], band: readonly (number | null)[] = values) => ({
  shown: values,
  min: values,
  max: band,
});

test.each([
  { values: [0.81, 0.937], min: 0.8, max: 0.95, interval: 0.05 },
  { values: [0, 6], min: 0, max: 6, interval: 2 },
  { values: [-3, 7], min: -5, max: 7.5, interval: 2.5 },
  { values: [1e-6, 9e-6], min: 0, max: 1e-5, interval: 2e-6 },
])("$values are drawn from $min to $max", ({ values, min, max, interval }) => {
  const ticks = valueTicks([line(values)]);
  expect(ticks?.min).toBeCloseTo(min, 10);
  expect(ticks?.max).toBeCloseTo(max, 10);
  expect(ticks?.interval).toBeCloseTo(interval, 10);
});

test("the axis holds the bands as well as the lines", () => {
  expect(valueTicks([line([0.4, 0.5], [0.9, 1.4])])?.max).toBeGreaterThanOrEqual(1.4);
});

test("one value alone stands in the middle of an axis", () => {
  for (const value of [0, 0.25, -40]) {
    const ticks = valueTicks([line([value, null])]);
    expect(ticks?.min).toBeLessThan(value);
    expect(ticks?.max).toBeGreaterThan(value);
  }
});

test("gaps alone give no axis", () => {
  expect(valueTicks([line([null, null])])).toBeUndefined();
  expect(valueTicks([])).toBeUndefined();
});

test("the largest numbers there are still give a finite axis", () => {
  const ticks = valueTicks([line([-Number.MAX_VALUE / 2, Number.MAX_VALUE / 2])]);
  expect(Number.isFinite(ticks?.interval)).toBe(true);
});

test("neighbouring ticks have the same number of decimals", () => {
  expect([0.85, 0.9, 0.95].map((value) => formatValueTick(value, 0.05))).toEqual(["0.85", "0.90", "0.95"]);
  expect([-0.5, 0, 1].map((value) => formatValueTick(value, 0.5))).toEqual(["−0.5", "0.0", "1.0"]);
  expect([0, 250, 2_000].map((value) => formatValueTick(value, 250))).toEqual(["0", "250", "2,000"]);
  expect([0, 4e-6].map((value) => formatValueTick(value, 2e-6))).toEqual(["0", "4e-6"]);
});
