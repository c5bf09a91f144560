import type { ImportedRun } from "@runweir/tracking-domain";
import { expect, test } from "vitest";
import { compareRun } from "./compare-run.ts";

const dataset = {
  name: "d",
  digest: "1",
  sourceType: "local",
  source: "s",
  schema: "{}",
  profile: undefined,
};
const run: ImportedRun = {
  info: {
    runId: "r",
    runName: "name",
    experimentId: "1",
    userId: "u",
    status: "FINISHED",
    startTime: 1,
    endTime: 2,
  },
  params: [
    { key: "lr", value: "1" },
    { key: "empty", value: "" },
  ],
  tags: [{ key: "note", value: "x" }],
  datasetInputs: [{ dataset, tags: [{ key: "mlflow.data.context", value: "training" }] }],
  modelInputs: [{ modelId: "m-1" }],
  modelOutputs: [{ modelId: "m-2", step: 3 }],
};

test.each<readonly [string, Partial<ImportedRun>, readonly string[]]>([
  ["the same", {}, []],
  [
    "one that has more",
    {
      params: [...run.params, { key: "z", value: "1" }],
      modelInputs: [...run.modelInputs, { modelId: "m-9" }],
    },
    [],
  ],
  [
    "info",
    { info: { ...run.info, runName: "n", status: "RUNNING", endTime: null } },
    ["name", "status", "end time"],
  ],
  ["a param", { params: [{ key: "lr", value: "1.0" }] }, ["param lr", "param empty"]],
  ["a tag", { tags: [{ key: "note", value: "" }] }, ["tag note"]],
  ["no inputs", { datasetInputs: [], modelInputs: [] }, ['dataset "d" (1)', "input m-1"]],
  [
    "other contents of a dataset",
    {
      datasetInputs: [
        { dataset: { ...dataset, sourceType: "s3", source: "t", schema: undefined, profile: "p" }, tags: [] },
      ],
    },
    ["source type", "source", "schema", "profile", "tag mlflow.data.context"].map(
      (what) => `${what} of dataset "d" (1)`,
    ),
  ],
  [
    "another digest",
    { datasetInputs: [{ dataset: { ...dataset, digest: "2" }, tags: [] }] },
    ['dataset "d" (1)'],
  ],
  ["another step", { modelOutputs: [{ modelId: "m-2", step: 4 }] }, ["output m-2 at step 3"]],
])("%s", (_name, change, expected) => {
  expect(compareRun(run, { ...run, ...change })).toEqual(expected);
});
