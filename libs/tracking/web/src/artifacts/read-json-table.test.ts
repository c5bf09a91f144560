import { expect, it } from "vitest";
import { readJsonTable } from "./read-json-table.ts";

it("reads logged tables", () => {
  const table = readJsonTable({ columns: ["question", "answer"], data: [["what", 1]] });
  expect(table).toEqual({ columns: ["question", "answer"], rows: [["what", 1]] });
});

it("reads lists of objects that do not all have the same keys", () => {
  expect(readJsonTable([{ a: 1 }, { b: null, a: 2 }])).toEqual({
    columns: ["a", "b"],
    rows: [
      [1, undefined],
      [2, null],
    ],
  });
});

it("takes nothing else for a table", () => {
  for (const value of [null, 3, "x", [], [1], [[1]], {}, { columns: ["a"], data: [1] }])
    expect(readJsonTable(value)).toBeUndefined();
});
