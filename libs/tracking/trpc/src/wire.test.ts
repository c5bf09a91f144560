import type { LoggedModel, Run } from "@runweir/tracking-domain";
import { describe, expect, it } from "vitest";
import { toWireChartSeries, toWireStatistics } from "./wire-metrics.ts";
import { toWireModel } from "./wire-model.ts";
import { toWireNumber } from "./wire-number.ts";
import { toWireRun } from "./wire-run.ts";

const run: Run = {
  info: {
    runId: "a".repeat(32),
    runName: "calm-heron",
    experimentId: "1",
    userId: "ada",
    status: "RUNNING",
    startTime: 5,
    endTime: null,
    artifactUri: "mlflow-artifacts:/1/a/artifacts",
    lifecycleStage: "active",
  },
  metrics: [
    { key: "loss", value: Number.NaN, timestamp: 1, step: 2 },
    { key: "auc", value: Number.NEGATIVE_INFINITY, timestamp: 1, step: 2 },
  ],
  params: [
    { key: "lr", value: "0.1" },
    { key: "seed", value: "3" },
  ],
  tags: [{ key: "mlflow.user", value: "ada" }],
  datasetInputs: [],
  modelInputs: [],
  modelOutputs: [],
};

describe("numbers on the wire", () => {
  it("survive JSON, NaN and infinities included", () => {
    const values = [0, -0.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const received: unknown = JSON.parse(JSON.stringify(values.map(toWireNumber)));
    expect(received).toEqual([0, -0.5, 1e308, "NaN", "Infinity", "-Infinity"]);
    expect((received as unknown[]).map(Number)).toEqual(values);
  });

  it("are words in a run's metrics", () => {
    expect(toWireRun(run).metrics.map(({ value }) => value)).toEqual(["NaN", "-Infinity"]);
  });

  it("are words in statistics, where null still means that there is nothing but NaN", () => {
    const nan = { step: 0, timestamp: 0, value: Number.NaN };
    const wire = toWireStatistics({
      key: "loss",
      count: 2,
      nanCount: 2,
      sum: null,
      min: null,
      max: null,
      stepOfMin: null,
      stepOfMax: null,
      first: nan,
      last: nan,
    });
    expect(wire).toMatchObject({ min: null, max: null, mean: null });
    expect(wire.last.value).toBe("NaN");
  });

  it("are words in chart columns", () => {
    const wire = toWireChartSeries({
      runId: run.info.runId,
      key: "loss",
      x: [0, 1],
      min: [0, null],
      max: [Number.POSITIVE_INFINITY, null],
      last: [0, null],
      storedPoints: 4,
      drawnPoints: 2,
      nanPoints: 2,
    });
    expect(wire).toMatchObject({ min: [0, null], max: ["Infinity", null], last: [0, null] });
  });

  it("are words in a model's metrics", () => {
    const model: LoggedModel = {
      modelId: "m-1",
      experimentId: "1",
      name: "classifier",
      artifactUri: "mlflow-artifacts:/1/models/m-1/artifacts",
      creationTime: 1,
      lastUpdateTime: 1,
      status: "READY",
      tags: [],
      params: [],
      metrics: [{ key: "auc", value: Number.NaN, timestamp: 1, step: 0, modelId: "m-1", runId: "r" }],
    };
    expect(toWireModel(model).metrics[0]?.value).toBe("NaN");
  });
});

describe("a run on the wire", () => {
  it("has a mean that leaves NaN out", () => {
    const point = { step: 0, timestamp: 0, value: 1 };
    const series = { key: "loss", count: 4, nanCount: 1, sum: 6, min: 1, max: 3 };
    const wire = toWireStatistics({ ...series, stepOfMin: 0, stepOfMax: 2, first: point, last: point });
    expect(wire.mean).toBe(2);
  });

  it("carries only the keys a listing shows", () => {
    const wire = toWireRun(run, { metrics: ["auc"], params: ["lr", "absent"], tags: [] });
    expect(wire.metrics.map(({ key }) => key)).toEqual(["auc"]);
    expect(wire.params).toEqual([{ key: "lr", value: "0.1" }]);
    expect(wire.tags).toEqual([]);
    expect(wire.info).toEqual(run.info);
  });
});
