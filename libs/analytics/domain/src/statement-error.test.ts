import { expect, test } from "vitest";
import { positionOfByte } from "./statement-error.ts";

test.each([
  ["SELECT x", 7, { offset: 7, line: 1, column: 8 }],
  ["é😀x", 6, { offset: 3, line: 1, column: 4 }],
  ["a\r\nbc", 4, { offset: 4, line: 2, column: 2 }],
  ["a", 1, { offset: 1, line: 1, column: 2 }],
  ["a", 2, undefined],
  ["a", -1, undefined],
  ["a", 18_446_744_073_709_552_000, undefined],
])("byte %2$i of %1$j", (sql, byte, position) => {
  expect(positionOfByte(sql, byte)).toEqual(position);
});
