import { expect, test } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatFull,
  formatNumber,
  formatTick,
  fromWireNumber,
} from "./format-number.ts";

test.each([
  [0.937234, "0.9372"],
  [0.99999, "1.000"],
  [12.3456, "12.35"],
  [1234.56, "1,235"],
  [-0.5, "−0.5000"],
  [42, "42"],
  [1_234_567, "1,234,567"],
  [123_456_789, "1.235e8"],
  [0.0000123, "1.23e-5"],
  [0, "0"],
])("a measured %d reads %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("what JSON cannot say is told apart", () => {
  expect([formatNumber("NaN"), formatNumber("Infinity"), formatNumber("-Infinity")]).toEqual([
    "NaN",
    "∞",
    "−∞",
  ]);
  expect(fromWireNumber("-Infinity")).toBe(Number.NEGATIVE_INFINITY);
  expect(fromWireNumber("NaN")).toBeNaN();
});

test("the full value keeps every digit", () => {
  expect(formatFull(0.1 + 0.2)).toBe("0.30000000000000004");
});

test("short counts and bytes keep three digits at most and name their unit", () => {
  expect([950, 12_930, 1_600_000, 450_000].map(formatCompact)).toEqual(["950", "12.9 k", "1.6 M", "450 k"]);
  expect([999, 1_200, 3_000_000_000].map(formatBytes)).toEqual(["999 B", "1.2 kB", "3 GB"]);
});

test("ticks have no digits that rounding errors made", () => {
  expect([0.1 + 0.2, 100_000, -2.5, 0.00001, 0].map(formatTick)).toEqual(["0.3", "1e5", "−2.5", "1e-5", "0"]);
});
