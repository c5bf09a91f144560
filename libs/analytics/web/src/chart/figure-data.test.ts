import { expect, test } from "vitest";
import { tableOf } from "../../testing/table-of.ts";
import { figureData } from "./figure-data.ts";

test("lines go along x, one per name, without what is not finite", () => {
  const table = tableOf({ run: ["a", "b", "a", "a"], step: [2, 1, 1, 3], loss: [20, 5, 10, Number.NaN] });
  const data = figureData(table, { kind: "line", x: "step", y: "loss", series: "run" });
  expect(data).toEqual({
    categories: undefined,
    isTime: false,
    series: [
      {
        name: "a",
        points: [
          [1, 10],
          [2, 20],
        ],
      },
      { name: "b", points: [[1, 5]] },
    ],
    rowsDrawn: 3,
  });
});

test("bars stand at their names, in the order of the rows", () => {
  const table = tableOf({ model: ["b", "a"], auc: [1, 2] });
  const data = figureData(table, { kind: "bar", x: "model", y: "auc" });
  expect(data).toMatchObject({
    categories: ["b", "a"],
    series: [
      {
        name: "auc",
        points: [
          [0, 1],
          [1, 2],
        ],
      },
    ],
  });
});

test("a histogram counts every finite value once", () => {
  const table = tableOf({ x: [1, 2, 2, 3, null, Infinity] });
  const data = figureData(table, { kind: "histogram", x: "x" });
  expect(data?.rowsDrawn).toBe(4);
  expect(data?.series[0]?.points.reduce((sum, [, count]) => sum + count, 0)).toBe(4);
});

test("a column that is not there draws nothing", () => {
  expect(figureData(tableOf({ x: [1] }), { kind: "bar", x: "y", y: "x" })).toBeUndefined();
});
