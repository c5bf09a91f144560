import { expect, test } from "vitest";
import { printResult } from "./print-result.ts";

const columns = [
  { name: "run", type: "VARCHAR" },
  { name: "loss", type: "DOUBLE" },
  { name: "note", type: "VARCHAR" },
];
const rows = [
  ["ä".repeat(30), 0.5, "line\nbreak \u001b[31m"],
  [null, 12.25, { a: [1] }],
];

test("what fits is shown as it is, numbers to the right", () => {
  expect(printResult(columns, rows, 80)).toBe(
    [
      `run${" ".repeat(29)}loss   note`,
      `${"─".repeat(30)}  ─────  ${"─".repeat(16)}`,
      `${"ä".repeat(30)}    0.5  line break  [31m`,
      `NULL${" ".repeat(28)}12.25  {"a":[1]}`,
    ].join("\n"),
  );
});

test("wide columns are cut first", () => {
  expect(printResult(columns, rows, 40).split("\n")).toEqual([
    `run${" ".repeat(14)}loss   note`,
    `${"─".repeat(15)}  ─────  ${"─".repeat(15)}`,
    `${"ä".repeat(14)}…    0.5  line break  [3…`,
    `NULL${" ".repeat(13)}12.25  {"a":[1]}`,
  ]);
});

test.each([1, 10, 20, 33, 80, 200])("no line is wider than %i, or a column at least", (width) => {
  const many = Array.from({ length: 20 }, (_, place) => ({ name: `column ${place}`, type: "VARCHAR" }));
  const lines = printResult(many, [many.map(({ name }) => name)], width).split("\n");
  for (const line of lines.slice(0, 3)) expect([...line].length).toBeLessThanOrEqual(Math.max(width, 6));
  const shown = (lines[1] as string).split("  ").length;
  expect(lines.at(-1)).toBe(shown === 20 ? lines[2] : `and ${20 - shown} more columns; --csv shows them all`);
});

test("no rows have their titles", () => {
  expect(printResult([{ name: "n", type: "BIGINT" }], [], 80)).toBe("n\n─");
});
