import type { Run } from "@runweir/tracking-domain";
import { describe, expect, it } from "vitest";
import { runAnswer } from "./run-answer.ts";

const run: Run = {
  info: {
    runId: "r1",
    runName: "calm-fox-1",
    experimentId: "7",
    userId: "",
    status: "RUNNING",
    startTime: 0,
    endTime: null,
    artifactUri: "mlflow-artifacts:/7/r1/artifacts",
    lifecycleStage: "active",
  },
  metrics: [],
  params: [],
  tags: [],
  datasetInputs: [],
  modelInputs: [],
  modelOutputs: [],
};

/** As a client sees it. */
const printed = (value: object): unknown => JSON.parse(JSON.stringify(value));

describe("a run on the wire", () => {
  it("keeps empty strings and zeros, leaves out what is unset and empty lists", () => {
    expect(printed(runAnswer(run))).toEqual({
      info: {
        run_uuid: "r1",
        run_id: "r1",
        experiment_id: "7",
        run_name: "calm-fox-1",
        user_id: "",
        status: "RUNNING",
        start_time: 0,
        artifact_uri: "mlflow-artifacts:/7/r1/artifacts",
        lifecycle_stage: "active",
      },
      data: {},
      inputs: {},
      outputs: {},
    });
  });

  it("prints what was logged", () => {
    const full: Run = {
      ...run,
      info: { ...run.info, status: "FINISHED", endTime: 77 },
      metrics: [{ key: "m", value: Number.POSITIVE_INFINITY, timestamp: 1, step: 2 }],
      params: [{ key: "p", value: "" }],
      tags: [{ key: "t", value: "v" }],
      datasetInputs: [
        {
          tags: [{ key: "mlflow.data.context", value: "train" }],
          dataset: { name: "d", digest: "x", sourceType: "local", source: "s" },
        },
      ],
      modelInputs: [{ modelId: "m-1" }],
      modelOutputs: [{ modelId: "m-2", step: 3 }],
    };
    expect(printed(runAnswer(full))).toMatchObject({
      info: { status: "FINISHED", end_time: 77 },
      data: {
        metrics: [{ key: "m", value: "Infinity", timestamp: 1, step: 2 }],
        params: [{ key: "p", value: "" }],
        tags: [{ key: "t", value: "v" }],
      },
      inputs: {
        dataset_inputs: [
          {
            tags: [{ key: "mlflow.data.context", value: "train" }],
            dataset: { name: "d", digest: "x", source_type: "local", source: "s" },
          },
        ],
        model_inputs: [{ model_id: "m-1" }],
      },
      outputs: { model_outputs: [{ model_id: "m-2", step: 3 }] },
    });
  });
});
