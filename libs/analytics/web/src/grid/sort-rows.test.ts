import { expect, test } from "vitest";
import { tableOf } from "../../testing/table-of.ts";
import { sortRows } from "./sort-rows.ts";

const sorted = (values: readonly (number | string | bigint | null)[], descending: boolean) =>
  Array.from(sortRows(tableOf({ x: values }), { column: 0, descending }) ?? [], (row) => values[row]);

test("numbers, large ones too, with NaN and NULL last either way", () => {
  expect(sorted([3, null, 1, Number.NaN, 2], false)).toEqual([1, 2, 3, null, Number.NaN]);
  expect(sorted([3, null, 1, Number.NaN, 2], true)).toEqual([3, 2, 1, null, Number.NaN]);
  expect(sorted([2n ** 60n, 1n, 2n ** 60n + 1n], true)).toEqual([2n ** 60n + 1n, 2n ** 60n, 1n]);
});

test("texts by their characters, equal ones as they came", () => {
  expect(sorted(["b", "a", "B"], false)).toEqual(["B", "a", "b"]);
  const table = tableOf({ x: ["a", "a", "a"] });
  expect([...(sortRows(table, { column: 0, descending: true }) ?? [])]).toEqual([0, 1, 2]);
});

test("no sort is the order of the answer", () => {
  expect(sortRows(tableOf({ x: [1] }), undefined)).toBeUndefined();
});
