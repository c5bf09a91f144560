import { decodeSegment, pointsOfSeries } from "@runweir/ingest-domain";
import { arrowBytes } from "@runweir/ingest-formats/testing";
import { describe, expect, it } from "vitest";
import type { InboundEntry } from "./inbound-entry.ts";
import { inboundReader } from "./inbound-reader.ts";

const runId = "0af7651916cd43dd8448eb211c80319c";

function read(message: unknown, headers: Record<string, string> = {}) {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return inboundReader.read({ offset: 7, loggedAt: 1_000, headers, body: Buffer.from(text) }, 3);
}

async function refusal(message: unknown): Promise<string> {
  const result = await read(message);
  if (!("deadLetter" in result)) throw new Error("It was taken.");
  expect(result.deadLetter).toMatchObject({ offset: 7, reason: "malformed" });
  return result.deadLetter.explanation;
}

it.each([
  [
    { type: "run_created", run_id: runId, experiment_id: "0" },
    {
      kind: "run_created",
      runId,
      experiment: { id: "0" },
      runName: undefined,
      userId: undefined,
      startTime: undefined,
      tags: [],
    },
  ],
  [
    { type: "run_created", run_id: runId, experiment_name: "a", start_time: 0, workspace: "default" },
    {
      kind: "run_created",
      runId,
      experiment: { name: "a" },
      runName: undefined,
      userId: undefined,
      startTime: 0,
      tags: [],
    },
  ],
  [
    { type: "run_finished", run_id: "r" },
    { kind: "run_finished", runId: "r", status: "FINISHED" },
  ],
  [
    { type: "params", run_id: "r", params: [{ key: "__proto__", value: "" }] },
    { kind: "params", runId: "r", params: [{ key: "__proto__", value: "" }] },
  ],
  [
    { type: "tags", run_id: "r", tags: [] },
    { kind: "tags", runId: "r", tags: [] },
  ],
])("takes %j", async (message, event) => {
  expect(await read(message)).toMatchObject({
    entry: { offset: 7, loggedAt: 1_000, workspace: "default", content: { kind: "event", event } },
  });
});

const created = { type: "run_created", run_id: runId, experiment_id: "0" };

it.each([
  ["", "The body cannot be read: it is empty."],
  ["{", /^The body cannot be read: it is not JSON \(/],
  ["[]", "'message' must be an object. Found an array."],
  ["null", "'message' must be an object. Found null."],
  ["{}", "'type' must be one of points, run_created, run_finished, params, tags. Found nothing."],
  [{ ...created, type: "run_begun" }, /^'type' must be one of .* Found "run_begun"\.$/],
  [{ ...created, type: ["params"] }, /^'type' must be one of .* Found an array\.$/],
  [{ ...created, workspace: "mine" }, `'workspace' must be one of default. Found "mine".`],
  [{ ...created, run_id: undefined }, "'run_id' must be text. Found nothing."],
  [{ ...created, run_id: 7 }, "'run_id' must be text. Found 7."],
  [{ ...created, run_id: "" }, `'run_id' must be 1 to 256 characters, none of them NUL. Found "".`],
  [{ ...created, run_id: "a\0" }, /^'run_id' must be 1 to 256 characters, none of them NUL/],
  [{ ...created, run_id: "x".repeat(1e6) }, /^'run_id' must be .* Found "x{80}"… \(1000000 characters\)\.$/],
  [{ ...created, run_id: "\ud800" }, /^'run_id' must be well-formed Unicode/],
  [
    { ...created, experiment_name: "b" },
    `'experiment_name' must not be given beside experiment_id. Found "b".`,
  ],
  [{ ...created, experiment_id: undefined }, /^'experiment_id' must be given, .* Found nothing\.$/],
  [{ ...created, experiment_id: 0 }, "'experiment_id' must be text. Found 0."],
  [
    { ...created, start_time: -1 },
    "'start_time' must be a whole number of milliseconds since 1970. Found -1.",
  ],
  [{ ...created, start_time: "now" }, /^'start_time' must be a whole number .* Found "now"\.$/],
  [{ ...created, start_time: null }, /^'start_time' must be a whole number .* Found null\.$/],
  [{ ...created, tags: { a: "b" } }, "'tags' must be an array. Found an object."],
  [{ ...created, tags: ["a"] }, `'tags[0]' must be an object. Found "a".`],
  [{ ...created, tags: [{ key: "a", value: 1 }] }, "'tags[0].value' must be text. Found 1."],
  [
    { ...created, tags: [{ key: "a", value: "b", is: 1 }] },
    `'tags[0]' may have the fields key, value only. Found "is".`,
  ],
  [
    { ...created, runname: "a" },
    `'message' may have the fields type, workspace, run_id, experiment_id, experiment_name, run_name, user_id, start_time, tags only. Found "runname".`,
  ],
  ['{"type": "params", "run_id": "a", "params": [], "__proto__": 1}', /only\. Found "__proto__"\.$/],
  [
    { type: "run_finished", run_id: "r", status: "RUNNING" },
    `'status' must be one of FINISHED, FAILED, KILLED. Found "RUNNING".`,
  ],
  [{ type: "params", run_id: "r" }, "'params' must be an array. Found nothing."],
  ["[".repeat(1e6), /^The body cannot be read: it has more than 500000 arrays and objects/],
])("refuses %.60j, saying what is wrong with it", async (message, sentence) => {
  const said = await refusal(message);
  if (typeof sentence === "string") expect(said).toBe(sentence);
  else expect(said).toMatch(sentence);
});

it("knows JSON by its name, and nothing that it does not read", async () => {
  const message = { type: "tags", run_id: "r", tags: [] };
  for (const named of ["application/json", "Application/JSON; charset=utf-8"])
    expect(await read(message, { "content-type": named })).toHaveProperty("entry");
  expect(await read(message, { "content-type": "text/csv" })).toMatchObject({
    deadLetter: {
      explanation: `'header content-type' must be application/json or application/vnd.apache.arrow.stream. Found "text/csv".`,
    },
  });
});

it("refuses bytes that are not UTF-8", async () => {
  const record = { offset: 0, loggedAt: 0, headers: {}, body: Uint8Array.of(0x22, 0xff, 0x22) };
  expect(await inboundReader.read(record, 0)).toMatchObject({
    deadLetter: { reason: "malformed", explanation: "The body cannot be read: it is not UTF-8." },
  });
});

/** [run, key, step, timestamp, value] of every point, and the senders, of a message that is taken. */
async function pointsOf(result: Awaited<ReturnType<typeof read>>) {
  const { content } = (result as { entry: InboundEntry }).entry;
  if (content.kind !== "points") throw new Error("These are no points.");
  return content.segments.map(({ body, sender, offset, loggedAt, workspace }) => {
    expect({ offset, loggedAt, workspace }).toEqual({ offset: 7, loggedAt: 1_000, workspace: "default" });
    const segment = decodeSegment(body);
    const rows = segment.keys.flatMap((key, i) => {
      const { steps, timestamps, values } = pointsOfSeries(segment, i);
      return Array.from(steps, (step, j) => [key, step, timestamps[j], values[j]]);
    });
    return { runId: segment.runId, rows, sender };
  });
}

it("takes points of several runs as columns and as series, with the numbers of their sender", async () => {
  const runs = [
    { run_id: "a", keys: ["x", "y"], key: [0, 1], step: [1, 2], timestamp: 5, value: [0.5, "NaN"] },
    { run_id: "b", client: "c", sequence: 3, series: { x: { step: [9], timestamp: [6], value: [1] } } },
  ];
  expect(await pointsOf(await read({ type: "points", runs }))).toEqual([
    {
      runId: "a",
      rows: [
        ["x", 1, 5, 0.5],
        ["y", 2, 5, Number.NaN],
      ],
      sender: undefined,
    },
    { runId: "b", rows: [["x", 9, 6, 1]], sender: { client: "c", sequence: 3 } },
  ]);
});

const arrow = { "content-type": "application/vnd.apache.arrow.stream" };

it("takes an Arrow stream with all its batches", async () => {
  const body = arrowBytes([[["a", "x", 1, 2, 3]], [["b", "x", 4, 5, 6]]]);
  const result = await inboundReader.read({ offset: 7, loggedAt: 1_000, headers: arrow, body }, 0);
  expect(await pointsOf(result)).toEqual([
    { runId: "a", rows: [["x", 1, 2, 3]], sender: undefined },
    { runId: "b", rows: [["x", 4, 5, 6]], sender: undefined },
  ]);
});

it("cuts points that no segment can hold, and numbers only the last part", async () => {
  const count = 100_000;
  const value = Array.from({ length: count }, (_, i) => Math.sin(i));
  const step = Array.from({ length: count }, (_, i) => i);
  const run = { run_id: "a", client: "c", sequence: 1, keys: ["x"], step, timestamp: step, value };
  const parts = await pointsOf(await read({ type: "points", runs: [run] }));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.flatMap(({ rows }) => rows)).toHaveLength(count);
  expect(parts.map(({ sender }) => sender?.sequence)).toEqual([...parts.slice(1).map(() => undefined), 1]);
});

const good = { run_id: "a", keys: ["x"], step: [1], timestamp: [2], value: [3] };

it.each([
  [{ type: "points" }, "'runs' must be an array. Found nothing."],
  [
    { type: "points", run_id: "a", runs: [good] },
    /^'message' may have the fields type, workspace, runs only/,
  ],
  [
    { type: "points", runs: [good, { ...good, step: [1.5] }] },
    /^'runs\[1\]\.step\[0\]' must be a whole number/,
  ],
  [{ type: "points", runs: [{ ...good, timestamp: [-1] }] }, /^'runs\[0\]\.timestamp\[0\]' must be/],
  [{ type: "points", runs: [{ ...good, keys: ["a//b"] }] }, /^'runs\[0\]\.keys\[0\]' must be a metric name/],
  [{ type: "points", runs: [{ ...good, run_id: "" }] }, /^'runs\[0\]\.run_id' must be 1 to 256 letters/],
  [{ type: "points", runs: [{ ...good, value: [] }] }, /^'runs\[0\]\.step'/],
  [{ type: "points", runs: Array.from({ length: 1_001 }, () => good) }, /at most 1000 runs\. Found 1001\./],
])("refuses points that are wrong: %.80j", async (message, sentence) => {
  const said = await refusal(message);
  if (typeof sentence === "string") expect(said).toBe(sentence);
  else expect(said).toMatch(sentence);
});

it.each([
  ["nothing of Arrow", Buffer.from("{}"), arrow, /^The body cannot be read: /],
  ["a part of it", arrowBytes([[["a", "x", 1, 2, 3]]]).subarray(0, 300), arrow, /^The body cannot be read: /],
  ["a wrong step", arrowBytes([[["a", "", 1, 2, 3]]]), arrow, /^'batch 0: key\[0\]' must be a metric name/],
  [
    "a workspace that is none",
    arrowBytes([[["a", "x", 1, 2, 3]]]),
    { ...arrow, workspace: "x" },
    /^'header workspace' must be default/,
  ],
])("refuses an Arrow stream with %s", async (_, body, headers, sentence) => {
  const result = await inboundReader.read({ offset: 7, loggedAt: 1_000, headers, body }, 0);
  expect(result).toMatchObject({
    deadLetter: { reason: "malformed", explanation: expect.stringMatching(sentence) },
  });
});

describe("a malformed message", () => {
  const runsOf = async (message: unknown, headers: Record<string, string> = {}) => {
    const result = await read(message, headers);
    return "deadLetter" in result ? result.deadLetter : undefined;
  };

  it("tells the runs that it names, and how many points it has for each", async () => {
    const series = { x: { step: [1], timestamp: [1], value: [1, 2] }, y: { value: [3] } };
    const message = {
      type: "points",
      runs: [
        { ...good, run_id: "a" },
        { run_id: "b", series },
        { run_id: "c" },
        { run_id: 7 },
        { run_id: "a\0" },
      ],
    };
    expect(await runsOf(message)).toMatchObject({
      workspace: "default",
      runs: [
        { runId: "a", points: good.value.length },
        { runId: "b", points: 3 },
        { runId: "c", points: undefined },
      ],
    });
    expect(await runsOf({ ...created, more: 1 })).toMatchObject({ runs: [{ runId, points: 0 }] });
  });

  it.each([["{"], [{ type: "points", runs: 7 }], [{ ...created, workspace: "mine" }]])(
    "tells none where there is none to be told: %j",
    async (message) => {
      expect(await runsOf(message)).toMatchObject({ workspace: undefined, runs: [] });
    },
  );

  it("tells those of an Arrow stream up to where it cannot be read", async () => {
    const body = arrowBytes([
      [
        ["a", "", 1, 2, 3],
        ["b", "x", 1, 2, 3],
      ],
    ]);
    const result = await inboundReader.read({ offset: 7, loggedAt: 1_000, headers: arrow, body }, 0);
    expect(result).toMatchObject({
      deadLetter: {
        runs: [
          { runId: "a", points: 1 },
          { runId: "b", points: 1 },
        ],
      },
    });
  });
});
