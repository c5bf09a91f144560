import { expect, test } from "vitest";
import { tableOf } from "../../testing/table-of.ts";
import type { CellValue } from "../run/result-table.ts";
import { summariseColumn } from "./summarise-column.ts";

function summarise(values: readonly CellValue[]) {
  const table = tableOf({ x: values });
  const [column] = table.columns;
  if (!column) throw new Error("no column");
  const work = summariseColumn(column, table.rows, 3);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

test("every row is counted, once", () => {
  const { histogram, nulls, distinct } = summarise([0, 1, 2, 3, 16, null, Number.NaN, Infinity]);
  expect(nulls).toBe(1);
  expect(distinct).toBe(7);
  expect(histogram).toMatchObject({ min: 0, max: 16 });
  expect(histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(histogram?.counts).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("equal and very large numbers have a histogram too", () => {
  expect(summarise([5, 5]).histogram?.counts[0]).toBe(2);
  const { counts } = summarise([-Number.MAX_VALUE, Number.MAX_VALUE]).histogram ?? { counts: [] };
  expect([counts[0], counts.at(-1)]).toEqual([1, 1]);
});

test("texts have distinct values and no histogram", () => {
  expect(summarise(["a", "b", "a", null])).toEqual({ nulls: 1, distinct: 2, histogram: undefined });
});

test("beyond ten thousand nobody counts", () => {
  expect(summarise(Array.from({ length: 10_002 }, (_, i) => i)).distinct).toBeUndefined();
});
