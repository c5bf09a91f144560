import type { WireRun } from "@runweir/tracking-trpc";
import { expect, it } from "vitest";
import { buildComparison, chooseRows, differenceTo, endOf, standsOut } from "./build-comparison.ts";

function makeRun(runId: string, over: { metrics?: object; params?: object; tags?: object }): WireRun {
  const list = (of: object = {}) => Object.entries(of).map(([key, value]) => ({ key, value }));
  return {
    info: {
      runId,
      runName: runId,
      experimentId: "1",
      userId: "ada",
      status: "FINISHED",
      startTime: 1_000,
      endTime: 61_000,
      artifactUri: "",
      lifecycleStage: "active",
    },
    metrics: list(over.metrics).map((metric) => ({ ...metric, step: 0, timestamp: 0 })),
    params: list(over.params),
    tags: list(over.tags),
    datasetInputs: [],
    modelOutputs: [],
  } as unknown as WireRun;
}

const runs = [
  makeRun("a", {
    metrics: { auc: 0.9, loss: "NaN" },
    params: { lr: "0.1", model: "xgb" },
    tags: { team: "x" },
  }),
  makeRun("b", {
    metrics: { auc: 0.8, loss: 2 },
    params: { lr: "1e-2", model: "xgb" },
    tags: { "mlflow.user": "x" },
  }),
  makeRun("c", { metrics: { auc: 0.85 }, params: { lr: "0.1" } }),
];
const rows = buildComparison(runs);
const rowOf = (key: string) => rows.find((row) => row.key === key)!;

it("has a row for whatever any run has, and says which rows differ", () => {
  expect(rows.map(({ section, key, differs }) => `${section} ${key}${differs ? " *" : ""}`)).toEqual([
    "Attributes status",
    "Attributes started",
    "Attributes took",
    "Attributes by",
    "Metrics auc *",
    "Metrics loss *",
    "Params lr *",
    "Params model *",
    "Tags team *",
  ]);
  expect(rowOf("model").values).toEqual(["xgb", "xgb", undefined]);
});

it("knows params that are numbers, and marks both ends of metrics", () => {
  expect([rowOf("lr").numeric, rowOf("model").numeric, rowOf("auc").numeric]).toEqual([true, false, true]);
  expect(rowOf("auc").values.map((value) => endOf(rowOf("auc"), value))).toEqual(["max", "min", undefined]);
  expect(rowOf("loss").extremes, "one finite value has no ends").toBeUndefined();
});

it("takes differences to a baseline, none where they would not be numbers", () => {
  expect(differenceTo(0.5, 0.6)?.percent).toBeCloseTo(20);
  expect(differenceTo(-2, -1)).toEqual({ absolute: 1, percent: 50 });
  expect(differenceTo(0, 3)).toEqual({ absolute: 3, percent: undefined });
  expect(differenceTo("NaN", 3)).toBeUndefined();
  expect(differenceTo(3, undefined)).toBeUndefined();
});

it("finds rows by name, and leaves out what is the same everywhere", () => {
  const find = (search: string, onlyDifferences: boolean) =>
    chooseRows(rows, { search, onlyDifferences }).map(({ key }) => key);
  expect(find("", true)).toEqual(["auc", "loss", "lr", "model", "team"]);
  expect(find(" STA", false)).toEqual(["status", "started"]);
});

it("highlights what differs from the baseline, or from what most runs have", () => {
  const marks = (key: string, baseline: number, onlyDifferences = true) =>
    rowOf(key).values.map((_, run) => standsOut(rowOf(key), run, { baseline, onlyDifferences }));
  expect(marks("lr", -1)).toEqual([false, true, false]);
  expect(marks("lr", 1)).toEqual([true, false, true]);
  expect(marks("status", -1)).toEqual([false, false, false]);
  expect(marks("auc", 0)).toEqual([false, false, false]);
  const [row] = buildComparison([
    makeRun("a", { params: { lr: "1" } }),
    makeRun("b", { params: { lr: "2" } }),
  ]).slice(-1);
  expect([true, false].map((only) => standsOut(row!, 0, { baseline: -1, onlyDifferences: only }))).toEqual([
    false,
    true,
  ]);
});
