import { expect, it } from "vitest";
import { rowsOf } from "../../testing/index.ts";
import { formatLimits as limits } from "../format-limits.ts";
import { readJsonPoints } from "./read-json-points.ts";

const read = (body: unknown) => readJsonPoints(Buffer.from(JSON.stringify(body)), limits);
const run = { run_id: "a", keys: ["x"], key: [0], step: [1], timestamp: [2], value: [3] };

it.each<[string, unknown, string]>([
  ["no object", [], "'body' must be an object. Found an array."],
  ["no runs", {}, "'runs' must be an array. Found nothing."],
  [
    "a field of the request it does not know",
    { runs: [], colour: 1 },
    "'body' may have the fields runs only. Found \"colour\".",
  ],
  ["a misspelt field", { runs: [run, { ...run, steps: [1] }] }, "'runs[1]' may have the fields"],
  [
    "columns beside series",
    { runs: [{ ...run, series: {} }] },
    "'runs[0]' may have the fields run_id, client, sequence, series only.",
  ],
  ["a run without id", { runs: [{ ...run, run_id: 7 }] }, "'runs[0].run_id' must be text. Found 7."],
  [
    "a name that is no text",
    { runs: [{ ...run, keys: [null] }] },
    "'runs[0].keys[0]' must be text. Found null.",
  ],
  [
    "an index out of range",
    { runs: [{ ...run, key: [1] }] },
    "'runs[0].key[0]' must be an index into keys, from 0 to 0. Found 1.",
  ],
  ["a negative index", { runs: [{ ...run, key: [-1] }] }, "Found -1."],
  [
    "indexes missing where there are two names",
    { runs: [{ ...run, keys: ["x", "y"], key: undefined }] },
    "'runs[0].key' must be an array.",
  ],
  [
    "a column too short",
    { runs: [{ ...run, step: [] }] },
    "'runs[0].step' must be as long as value, which has 1 entries. Found 0.",
  ],
  [
    "a step that is text",
    { runs: [{ ...run, step: ["1"] }] },
    "'runs[0].step[0]' must be a number. Found \"1\".",
  ],
  [
    "a step that is nothing",
    { runs: [{ ...run, step: [null] }] },
    "'runs[0].step[0]' must be a number. Found null.",
  ],
  [
    "a value that is text",
    { runs: [{ ...run, value: ["nan"] }] },
    '\'runs[0].value[0]\' must be a number, "NaN", "Infinity" or "-Infinity". Found "nan".',
  ],
  [
    "a client without sequence",
    { runs: [{ ...run, client: "c" }] },
    "'runs[0].sequence' must be a number beside client. Found nothing.",
  ],
  [
    "a series that is no object",
    { runs: [{ run_id: "a", series: { x: 1 } }] },
    "'runs[0].series[\"x\"]' must be an object. Found 1.",
  ],
  [
    "a series with a field too many",
    { runs: [{ run_id: "a", series: { x: { step: [], timestamp: [], value: [], key: 1 } } }] },
    "'runs[0].series[\"x\"]' may have the fields step, timestamp, value only.",
  ],
])("refuses %s", (_what, body, message) => {
  expect(() => read(body)).toThrow(message);
});

it("names a place within a series", () => {
  const [series] = read({
    runs: [
      {
        run_id: "a",
        series: {
          x: { step: [1], timestamp: 1, value: [1] },
          y: { step: [1, 2.5], timestamp: 1, value: [1, 2] },
        },
      },
    ],
  });
  expect(series?.place?.("step", 2)).toBe('runs[0].series["y"].step[1]');
  expect(series?.place?.("run_id")).toBe("runs[0].run_id");
});

it.each([
  ["", "it is not JSON"],
  ["{", "it is not JSON"],
  ['{"runs":[{"value":[NaN]}]}', 'NaN and infinities are written "NaN"'],
  ["[".repeat(1_000_000), "more than 500000 arrays and objects"],
  ["[".repeat(400_000), "it is not JSON"],
  [`{"runs":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, "'runs[0]' must be an object"],
])("refuses %.20j as a body", (text, message) => {
  expect(() => readJsonPoints(Buffer.from(text), limits)).toThrow(message);
});

it("takes names like __proto__ as names, and never as anything else", () => {
  const body = Buffer.from(
    '{"runs":[{"run_id":"a","series":{"__proto__":{"step":1,"timestamp":1,"value":[5]}}}]}',
  );
  expect(rowsOf(readJsonPoints(body, limits))).toEqual([["a", "__proto__", 1, 1, "5"]]);
  const foreign = Buffer.from('{"runs":[{"__proto__":{"run_id":"a"},"keys":[]}]}');
  expect(() => readJsonPoints(foreign, limits)).toThrow('Found "__proto__".');
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it("shows no more than the beginning of what it refuses", () => {
  const refusal = () => read({ runs: [{ ...run, value: ["x".repeat(1_000_000)] }] });
  expect(refusal).toThrow(/Found "x{80}"… \(1000000 characters\)\.$/);
});
