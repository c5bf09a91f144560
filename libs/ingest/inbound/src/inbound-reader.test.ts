import { expect, it } from "vitest";
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
  ["", "The message is empty."],
  ["{", /^The message is not JSON: /],
  ["[]", "The message must be a JSON object. Found a list."],
  ["null", "The message must be a JSON object. Found null."],
  ["{}", "'type' must be one of run_created, run_finished, params, tags. Found nothing."],
  [{ ...created, type: "run_begun" }, /^'type' must be one of .* Found "run_begun"\.$/],
  [{ ...created, type: ["params"] }, /^'type' must be one of .* Found a list\.$/],
  [{ ...created, workspace: "mine" }, `'workspace' must be one of default. Found "mine".`],
  [{ ...created, run_id: undefined }, "'run_id' must be a text. Found nothing."],
  [{ ...created, run_id: 7 }, "'run_id' must be a text. Found 7."],
  [{ ...created, run_id: "" }, `'run_id' must be 1 to 256 characters, none of them NUL. Found "".`],
  [{ ...created, run_id: "a\0" }, /^'run_id' must be 1 to 256 characters, none of them NUL/],
  [
    { ...created, run_id: "x".repeat(1e6) },
    /^'run_id' must be .* Found "x{80}"\.\.\. \(1000000 characters\)\.$/,
  ],
  [{ ...created, run_id: "\ud800" }, /^'run_id' must be well-formed Unicode/],
  [
    { ...created, experiment_name: "b" },
    `'experiment_name' must not be given beside experiment_id. Found "b".`,
  ],
  [{ ...created, experiment_id: undefined }, /^'experiment_id' must be given, .* Found nothing\.$/],
  [{ ...created, experiment_id: 0 }, "'experiment_id' must be a text. Found 0."],
  [
    { ...created, start_time: -1 },
    "'start_time' must be a whole number of milliseconds since 1970. Found -1.",
  ],
  [{ ...created, start_time: "now" }, /^'start_time' must be a whole number .* Found "now"\.$/],
  [{ ...created, start_time: null }, /^'start_time' must be a whole number .* Found null\.$/],
  [{ ...created, tags: { a: "b" } }, "'tags' must be a list. Found an object."],
  [{ ...created, tags: ["a"] }, `'tags[0]' must be an object with key and value. Found "a".`],
  [{ ...created, tags: [{ key: "a", value: 1 }] }, "'tags[0].value' must be a text. Found 1."],
  [
    { ...created, tags: [{ key: "a", value: "b", is: 1 }] },
    `There is no field "tags[0].is" here. Allowed are key, value.`,
  ],
  [
    { ...created, runname: "a" },
    'There is no field "runname" here. Allowed are type, workspace, run_id, experiment_id, experiment_name, run_name, user_id, start_time, tags.',
  ],
  [
    '{"type": "params", "run_id": "a", "params": [], "__proto__": 1}',
    /^There is no field "__proto__" here\./,
  ],
  [
    { type: "run_finished", run_id: "r", status: "RUNNING" },
    `'status' must be one of FINISHED, FAILED, KILLED. Found "RUNNING".`,
  ],
  [{ type: "params", run_id: "r" }, "'params' must be a list. Found nothing."],
  ["[".repeat(1e6), /^The message is not JSON: /],
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
    deadLetter: { explanation: `'header content-type' must be application/json. Found "text/csv".` },
  });
});

it("refuses bytes that are not UTF-8", async () => {
  const record = { offset: 0, loggedAt: 0, headers: {}, body: Uint8Array.of(0x22, 0xff, 0x22) };
  expect(await inboundReader.read(record, 0)).toMatchObject({
    deadLetter: { reason: "malformed", explanation: "The message is not JSON: it is not UTF-8" },
  });
});
