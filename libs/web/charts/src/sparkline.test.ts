import { expect, test } from "vitest";
import { sparkPath } from "./sparkline.tsx";

test("the curve fills its box, upwards for larger values", () => {
  expect(sparkPath([0, 1], 100, 20)).toBe("M0.0 18.0L100.0 2.0");
});

test("a gap lifts the pen", () => {
  expect(sparkPath([0, "NaN", 1, 1], 90, 20)).toBe("M0.0 18.0M60.0 2.0L90.0 2.0");
});

test("one value is a level line, nothing is no line", () => {
  expect(sparkPath([5], 100, 20)).toBe("M0 10.0H100");
  expect(sparkPath([null, "Infinity"], 100, 20)).toBe("");
});
