import { expect, test } from "vitest";
import { moveCell } from "./cell-keys.ts";

const size = { rows: 10, columns: 3, page: 4 };
const from = { row: 5, column: 1 };

test.each([
  ["ArrowDown", false, { row: 6, column: 1 }],
  ["ArrowDown", true, { row: 9, column: 1 }],
  ["ArrowUp", true, { row: 0, column: 1 }],
  ["ArrowLeft", false, { row: 5, column: 0 }],
  ["PageDown", false, { row: 9, column: 1 }],
  ["PageUp", false, { row: 1, column: 1 }],
  ["Home", false, { row: 5, column: 0 }],
  ["End", true, { row: 9, column: 2 }],
  ["a", false, undefined],
] as const)("%s (far: %s)", (key, isFar, to) => {
  expect(moveCell(key, from, size, isFar)).toEqual(to);
});

test("nothing moves beyond the edges", () => {
  expect(moveCell("ArrowUp", { row: 0, column: 0 }, size, false)).toEqual({ row: 0, column: 0 });
  expect(moveCell("ArrowRight", { row: 9, column: 2 }, size, false)).toEqual({ row: 9, column: 2 });
});
