import { expect, test } from "vitest";
import { formatXTick, formatXValue, tickInterval, ticksBetween } from "./axis-ticks.ts";

test.each([
  ["step", 20_000, 5, 5_000],
  ["step", 12_930, 6, 5_000],
  ["step", 3, 8, 1],
  ["relative", 41 * 60_000, 5, 10 * 60_000],
  ["relative", 90, 5, 20],
  ["relative", 400 * 86_400_000, 4, 100 * 86_400_000],
] as const)("on %s, %d in at most %d spaces is marked every %d", (axis, span, count, interval) => {
  expect(tickInterval(axis, span, count)).toBe(interval);
});

test("ticks stand on multiples of the interval wherever the axis begins", () => {
  expect(ticksBetween(105, 204, 20)).toEqual([120, 140, 160, 180, 200]);
  expect(ticksBetween(-1, 1, 0.5)).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(ticksBetween(0, 0.3, 0.1)).toEqual([0, 0.1, 0.2]);
  expect(ticksBetween(7, 8, 5)).toEqual([]);
});

test("ticks are short and say their unit", () => {
  expect(formatXTick("step", 5_000, 5_000)).toBe("5k");
  expect(formatXTick("step", 1_250, 50)).toBe("1,250");
  expect(formatXTick("relative", 600_000, 600_000)).toBe("10 min");
  expect(formatXTick("relative", 5_000, 5_000)).toBe("5 s");
  expect(formatXTick("relative", 0, 5_000)).toBe("0");
});

test("the value under the cursor is said in full", () => {
  expect(formatXValue("step", 12_930)).toBe("step 12,930");
  expect(formatXValue("relative", 61_000)).toBe("after 1 min");
});
