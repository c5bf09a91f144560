import { describe, expect, it } from "vitest";
import { readMetricInputs } from "./metric-input.ts";
import { RefusedValue } from "./refused-value.ts";

const plain = { key: "plain", value: 1, timestamp: 1, step: 1 };
const read = (value: unknown) => readMetricInputs([plain, plain, plain, value], "metrics")[3];

describe("a metric of a batch", () => {
  it("is read with a step of 0 unless it says one", () => {
    expect(read({ key: "m", value: 0.5, timestamp: 7 })).toEqual({
      key: "m",
      value: 0.5,
      timestamp: 7,
      step: 0,
    });
    expect(read({ key: "m", value: "NaN", timestamp: "7", step: "-2", run_id: "x" })).toEqual({
      key: "m",
      value: Number.NaN,
      timestamp: 7,
      step: -2,
    });
  });

  it("carries the model and dataset it is about", () => {
    expect(read({ key: "m", value: 1, timestamp: 7, model_id: "m-1", datasetName: "d" })).toEqual({
      key: "m",
      value: 1,
      timestamp: 7,
      step: 0,
      modelId: "m-1",
      datasetName: "d",
      datasetDigest: undefined,
    });
  });

  it("says which field is missing", () => {
    for (const [metric, field] of [
      [{ value: 1, timestamp: 7 }, "key"],
      [{ key: "", value: 1, timestamp: 7 }, "key"],
      [{ key: "m", value: null, timestamp: 7 }, "value"],
      [{ key: "m", value: 1 }, "timestamp"],
    ] as const) {
      expect(() => read(metric)).toThrow(`Missing value for required parameter 'metrics[3].${field}'.`);
    }
  });

  it("says which field is wrong", () => {
    for (const [metric, path] of [
      ["m", "metrics[3]"],
      [{ key: 1, value: 1, timestamp: 7 }, "metrics[3].key"],
      [{ key: "m", value: true, timestamp: 7 }, "metrics[3].value"],
      [{ key: "m", value: 1, timestamp: 1.5 }, "metrics[3].timestamp"],
      [{ key: "m", value: 1, timestamp: 1, step: "a" }, "metrics[3].step"],
      [{ key: "m", value: 1, timestamp: 1, model_id: 5 }, "metrics[3].model_id"],
    ] as const) {
      expect(() => read(metric)).toThrow(expect.objectContaining({ path }));
      expect(() => read(metric)).toThrow(RefusedValue);
    }
  });
});
