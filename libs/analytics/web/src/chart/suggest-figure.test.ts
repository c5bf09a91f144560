import { expect, test } from "vitest";
import { tableOf } from "../../testing/table-of.ts";
import { suggestFigure } from "./suggest-figure.ts";

test("values over steps are lines, one per name", () => {
  const table = tableOf({ run: ["a", "a", "b"], step: [1, 2, 1], loss: [3, 2, 1] });
  expect(suggestFigure(table)).toEqual({ kind: "line", x: "step", y: "loss", series: "run" });
});

test("a value per name is a bar, a value per pair of names bars side by side", () => {
  expect(suggestFigure(tableOf({ model: ["a", "b"], auc: [0.1, 0.2] }))).toEqual({
    kind: "bar",
    x: "model",
    y: "auc",
  });
  expect(suggestFigure(tableOf({ model: ["a", "b"], data: ["x", "y"], auc: [0.1, 0.2] }))).toEqual({
    kind: "bar",
    x: "data",
    y: "auc",
    series: "model",
  });
});

test("two measures are a scatter, one a histogram", () => {
  expect(suggestFigure(tableOf({ a: [1, 2], b: [2, 3] }))).toMatchObject({ kind: "scatter", x: "a", y: "b" });
  expect(suggestFigure(tableOf({ a: [1, 2] }))).toEqual({ kind: "histogram", x: "a" });
});

test("what was measured goes before what was counted, and names that are too many split nothing", () => {
  const { columns, rows } = tableOf({ model: ["a", "b"], runs: [3, 4], auc: [0.1, 0.2] });
  const typed = columns.map((column) => ({ ...column, type: column.name === "runs" ? "int64" : "float64" }));
  expect(suggestFigure({ columns: typed, rows })).toMatchObject({ kind: "bar", y: "auc" });
  const many = Array.from({ length: 100 }, (_, i) => i);
  const table = tableOf({ name: many.map(String), step: many, loss: many });
  expect(suggestFigure(table)).toEqual({ kind: "line", x: "step", y: "loss", series: undefined });
});

test("nothing is drawn of texts alone or of no rows", () => {
  expect(suggestFigure(tableOf({ a: ["x"] }))).toBeUndefined();
  expect(suggestFigure(tableOf({ a: [] }))).toBeUndefined();
});
