import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { nearestIndex } from "./nearest-index.ts";
import { prepareLines } from "./prepare-lines.ts";
import { readHover } from "./read-hover.ts";

const read = (x: number, ...lines: Parameters<typeof makeLine>[]) =>
  readHover(
    prepareLines(
      lines.map((line) => makeLine(...line)),
      { yScale: "linear", smoothing: 0, window: undefined },
    ),
    x,
  ).map(({ x: at, shown }) => [at, shown]);

test("each line is read at its point nearest to the cursor", () => {
  expect(read(11, [[1, 2, 3], { x: [0, 10, 20] }], [[7, 8], { x: [5, 12] }])).toEqual([
    [10, 2],
    [12, 8],
  ]);
});

test("a line that had ended, or not begun, is not read", () => {
  expect(read(90, [[1, 2, 3], { x: [0, 10, 20] }])).toEqual([]);
  expect(read(0, [[1, 2], { x: [50, 60] }])).toEqual([]);
});

test("a gap is not read", () => {
  expect(read(10, [[1, "NaN", 3], { x: [0, 10, 20] }])).toEqual([]);
});

test("the nearest of an ascending array, the earlier of two equally near", () => {
  expect([-5, 4, 5, 6, 99].map((target) => nearestIndex([0, 10, 20], target))).toEqual([0, 0, 0, 1, 2]);
  expect(nearestIndex([], 1)).toBe(-1);
});
