import type { Brush } from "@runweir/web-charts";
import { expect, it } from "vitest";
import { readBrushes, writeBrushes } from "./brush-address.ts";
import { keptRuns } from "./kept-runs.ts";
import { differingColumns, toParallelColumn } from "./to-parallel-column.ts";

it("makes a number axis of params that all read as numbers, else one of names", () => {
  const numbers = toParallelColumn({ entity: "param", key: "lr" }, ["0.1", null, "1e-3"], true);
  expect(numbers).toMatchObject({ id: "params.lr", kind: "number", log: true });
  expect([...(numbers.values as Float64Array)]).toEqual([0.1, Number.NaN, 0.001]);
  const names = toParallelColumn({ entity: "param", key: "lr" }, ["0.1", "auto", null], false);
  expect(names).toMatchObject({ kind: "category", values: ["0.1", "auto", null] });
  const metric = toParallelColumn({ entity: "metric", key: "loss" }, ["NaN", 2, "Infinity", null], false);
  expect([...(metric.values as Float64Array)]).toEqual([Number.NaN, 2, Number.POSITIVE_INFINITY, Number.NaN]);
  expect(toParallelColumn({ entity: "param", key: "x" }, [null, null], false).kind).toBe("category");
});

it("finds the columns in which runs differ, missing values too", () => {
  const values = [
    ["1", "1"],
    ["1", "2"],
    ["a", null],
    [3, 4],
  ];
  expect(differingColumns(["same", "differs", "missing", "more"], values, 2)).toEqual(["differs", "missing"]);
});

it("brings brushes through the address and back, and leaves out what is none", () => {
  const brushes = new Map<string, Brush>([
    ["metrics.val/auc, best", { kind: "range", from: 0.5, to: 1e-7 }],
    ["params.model", { kind: "names", names: ["a", ""] }],
  ]);
  expect(readBrushes(writeBrushes(brushes))).toEqual(brushes);
  expect(writeBrushes(new Map())).toBeUndefined();
  expect(readBrushes('[["a"],5,["b",1],["c",1,2],[["d"],1,2]]')).toEqual(
    new Map([["c", { kind: "range", from: 1, to: 2 }]]),
  );
  expect(readBrushes("{nonsense").size).toBe(0);
});

const many = Array.from({ length: 250 }, (_, run) => `r${run}`);
const logged: Readonly<Record<string, readonly (string | number | null)[]>> = {
  "params.lr": ["0.1", "1e-1", "0.01", "2", null, "0.1"],
  "params.model": ["xgb", "it's", "a.b", null],
  "params.seed": many.map((_, run) => String(run * 1_000_000_000)),
  "metrics.val/auc": [0.5],
  "metrics.best": [0.5],
};
const kept = (
  brushes: readonly (readonly [string, Brush])[],
  { runIds = many, filter = "params.a = '1'" } = {},
) =>
  keptRuns({
    runIds,
    brushes: new Map(brushes),
    filter,
    statisticOf: (id) => (id === "metrics.best" ? "max" : "last"),
    valuesOf: (id) => logged[id],
  });
const filterOf = (id: string, brush: Brush) => {
  const found = kept([[id, brush]], { filter: "" });
  return found.kind === "filter" ? found.filter : undefined;
};

it("keeps few runs by their ids, many by the filter", () => {
  const range: Brush = { kind: "range", from: 0.1, to: 2 };
  expect(kept([["params.lr", range]], { runIds: ["a", "b"] })).toEqual({
    kind: "runs",
    runIds: ["a", "b"],
    leftOut: 0,
  });
  const brushes = [
    ["metrics.val/auc", range],
    ["params.model", { kind: "names", names: ["xgb"] }],
    ["tags.gone", { kind: "names", names: ["x"] }],
  ] as const;
  const added = "metrics.`val/auc` >= 0.1 and metrics.`val/auc` <= 2 and params.model = 'xgb'";
  expect(kept(brushes)).toEqual({ kind: "filter", filter: `params.a = '1' and ${added}` });
  expect(kept(brushes, { filter: "params.a = '1' OR params.b = '2'" })).toEqual({
    kind: "filter",
    filter: `(params.a = '1' OR params.b = '2') and ${added}`,
  });
});

it("says other statistics, several names and the texts of numbers in the filter", () => {
  const names = (...chosen: string[]): Brush => ({ kind: "names", names: chosen });
  expect(filterOf("metrics.best", { kind: "range", from: 0, to: 1 })).toBe(
    "max(metrics.best) >= 0 and max(metrics.best) <= 1",
  );
  expect(filterOf("params.model", names("it's"))).toBe("params.model = 'it''s'");
  expect(filterOf("params.model", names("it's", "a.b"))).toBe("params.model MATCHES '^(it''s|a\\.b)$'");
  expect(filterOf("params.lr", { kind: "range", from: 0.05, to: 1 })).toBe(
    "params.lr MATCHES '^(0\\.1|1e-1)$'",
  );
  expect(filterOf("params.lr", { kind: "range", from: 1, to: 3 })).toBe("params.lr = '2'");
});

it("keeps the first hundred where that would be too long, or cannot be written", () => {
  const first = { kind: "runs", runIds: many.slice(0, 100), leftOut: 150 };
  expect(kept([["params.seed", { kind: "range", from: 0, to: 1e12 }]])).toEqual(first);
  expect(kept([["params.model", { kind: "names", names: ["a\nb", "c"] }]])).toEqual(first);
});
