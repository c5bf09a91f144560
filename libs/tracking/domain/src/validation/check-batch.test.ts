import { describe, expect, it } from "vitest";
import { checkParams, checkTags, requireBatchLimits, toPointBatch } from "./check-batch.ts";

const at = (i: number) => `metrics[${i}].`;
const metric = { key: "loss", value: 1, timestamp: 5, step: 0 };

describe("metrics", () => {
  it("become columns with each key once", () => {
    const batch = toPointBatch(
      [metric, { ...metric, key: "acc" }, { ...metric, step: -7, value: Number.NaN }],
      at,
    );
    expect(batch.keys).toEqual(["loss", "acc"]);
    expect([...batch.keyIndexes]).toEqual([0, 1, 0]);
    expect([...batch.steps]).toEqual([0, 0, -7]);
    expect([...batch.values]).toEqual([1, 1, Number.NaN]);
  });

  it.each([
    [
      { timestamp: -1 },
      "Invalid value -1 for parameter 'metrics[1].timestamp' supplied: metric 'loss' (value=1). Timestamp must be a nonnegative long",
    ],
    [{ timestamp: 1.5 }, "Invalid value 1.5 for parameter 'metrics[1].timestamp'"],
    [{ step: 2 ** 53 }, "Invalid value 9007199254740992 for parameter 'metrics[1].step'"],
    [{ key: "a//b" }, "Invalid value \"a//b\" for parameter 'metrics[1].name'"],
  ])("refuses %j with the place in the request", (change, message) => {
    expect(() => toPointBatch([metric, { ...metric, ...change }], at)).toThrow(message);
  });
});

it.each([
  [[1001, 0, 0], "at most 1000 metrics. Got 1001 metrics."],
  [[0, 101, 0], "at most 100 params. Got 101 params."],
  [[0, 0, 101], "at most 100 tags. Got 101 tags."],
  [[900, 100, 100], "at most 1000 metrics, params, and tags. Got 1100 metrics, params, and tags."],
])("refuses a batch of %j", ([metrics, params, tags], message) => {
  expect(() => requireBatchLimits(metrics as number, params as number, tags as number)).toThrow(message);
});

it("cuts long values at whole characters", () => {
  const [param] = checkParams([{ key: "p", value: "𐐀".repeat(6_001) }], at);
  expect(param?.value).toBe("𐐀".repeat(6_000));
  const [tag] = checkTags([{ key: "t", value: "x".repeat(9_000) }], at);
  expect(tag?.value).toHaveLength(8_000);
});

it("refuses a param given twice and lets the last tag win", () => {
  const twice = [
    { key: "p", value: "1" },
    { key: "p", value: "2" },
  ];
  expect(() => checkParams(twice, at)).toThrow("Duplicate parameter keys have been submitted: ['p'].");
  expect(checkTags(twice, at)).toEqual([{ key: "p", value: "2" }]);
});

it("refuses NUL in values", () => {
  expect(() => checkParams([{ key: "p", value: "a\0" }], () => "params[0].")).toThrow(
    "Invalid value \"a\\u0000\" for parameter 'params[0].value' supplied: Text must not contain",
  );
});
