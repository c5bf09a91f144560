import type { LoggedModelMetric } from "@runweir/tracking-domain";
import { expect, test } from "vitest";
import { compareLoggedModel, compareModelMetrics } from "./compare-logged-model.ts";

const model = {
  modelId: "m-1",
  experimentId: "1",
  name: "m",
  creationTime: 1,
  lastUpdateTime: 2,
  status: "READY",
  params: [{ key: "depth", value: "3" }],
  tags: [{ key: "t", value: "x" }],
} as const;

test("names what a logged model has otherwise, or lacks", () => {
  expect(compareLoggedModel(model, { ...model, lastUpdateTime: 9 })).toEqual([]);
  expect(compareLoggedModel(model, { ...model, name: "n", status: "PENDING", modelType: "net" })).toEqual([
    "name",
    "status",
    "type",
  ]);
  const made = { ...model, statusMessage: "s", sourceRunId: "r", creatorId: "c" };
  expect(compareLoggedModel(made, { ...model, params: [], tags: [{ key: "t", value: "y" }] })).toEqual([
    "status message",
    "source run",
    "creator",
    "param depth",
    "tag t",
  ]);
});

const metric: LoggedModelMetric = {
  modelId: "m-1",
  runId: "r",
  key: "acc",
  step: 5,
  timestamp: 7,
  value: 0.5,
};
const ofDataset = { ...metric, datasetName: "d", datasetDigest: "1" };

test.each<readonly [string, readonly LoggedModelMetric[], "lost" | "altered" | "there"]>([
  ["the same", [metric], "there"],
  ["nothing", [], "lost"],
  ["that of another run", [{ ...metric, runId: "q" }], "lost"],
  ["that of a dataset", [ofDataset], "lost"],
  ["an earlier step", [{ ...metric, step: 4, value: 9 }], "lost"],
  ["an earlier time", [{ ...metric, timestamp: 6, value: 9 }], "lost"],
  ["not a number, which is below all", [{ ...metric, value: Number.NaN }], "lost"],
  ["a later step", [{ ...metric, step: 6, value: 0 }], "there"],
  ["a later time", [{ ...metric, timestamp: 8, value: 0 }], "there"],
  ["another value at the same step and time", [{ ...metric, value: 0.6 }], "altered"],
])("of a metric, here is %s", (_name, here, expected) => {
  const { lost, altered } = compareModelMetrics([metric], here);
  expect({ lost, altered }).toEqual({
    lost: expected === "lost" ? [metric] : [],
    altered: expected === "altered" ? [metric] : [],
  });
});
