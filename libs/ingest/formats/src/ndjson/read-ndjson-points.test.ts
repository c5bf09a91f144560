import { expect, it } from "vitest";
import { readNdjson, rowsOf } from "../../testing/index.ts";

const point = { run_id: "a", key: "x", value: 1, step: 1, timestamp: 1 };
const lineOf = (change: object) => `${JSON.stringify({ ...point, ...change })}\n`;

it("cuts a stream into windows by points and by runs", async () => {
  const text = Array.from({ length: 10 }, (_, i) => lineOf({ step: i })).join("");
  const windows = await readNdjson(text, { limits: { ndjsonWindowPoints: 4 } });
  expect(windows.map((runs) => rowsOf(runs).map((row) => row[2]))).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
  const manyRuns = Array.from({ length: 5 }, (_, i) => lineOf({ run_id: `run-${i}` })).join("");
  const byRuns = await readNdjson(manyRuns, { limits: { ndjsonWindowRuns: 2 } });
  expect(byRuns.map((runs) => runs.length)).toEqual([2, 2, 1]);
});

it("has nothing to say of an empty body", async () => {
  expect(await readNdjson("")).toEqual([]);
  expect(await readNdjson("\n \r\n\n")).toEqual([]);
});

it("names the line of a fault that shows only later", async () => {
  const [runs = []] = await readNdjson(
    `\n${lineOf({})}${lineOf({ run_id: "b" })}${lineOf({ step: 0.5 })}${lineOf({ key: "a$" })}`,
  );
  expect(runs[0]?.place?.("step", 1)).toBe("line 4: step");
  expect(runs[0]?.place?.("keys", 1)).toBe("line 5: key");
});

it.each([
  ["{", "line 2 is not JSON"],
  ["1", "'line 2' must be an object. Found 1."],
  ["[]", "'line 2' must be an object. Found an array."],
  [
    lineOf({ colour: 1 }),
    "'line 2' may have the fields run_id, key, value, step, timestamp only. Found \"colour\".",
  ],
  ['{"__proto__":{"run_id":"a"}}', 'Found "__proto__".'],
  [lineOf({ step: null }), "'line 2: step' must be a number. Found null."],
  [lineOf({ timestamp: "1" }), "'line 2: timestamp' must be a number. Found \"1\"."],
  [lineOf({ key: 1 }), "'line 2: key' must be text. Found 1."],
  [lineOf({ value: null }), "'line 2: value' must be a number"],
  [lineOf({ key: "x".repeat(20_000) }), "line 2 is longer than 16384 bytes"],
  ["x".repeat(20_000_000), "line 2 is longer than 16384 bytes"],
  [`${"[".repeat(10_000)}`, "line 2 is not JSON"],
])("refuses %.40j", async (line, message) => {
  await expect(readNdjson(lineOf({}) + line)).rejects.toThrow(message);
});
