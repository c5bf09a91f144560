import { DomainError } from "@runweir/errors";
import { localOwner } from "@runweir/identity-domain";
import { expect, it } from "vitest";
import { batchOf, type PointRow, rowsOf } from "../../testing/point-rows.ts";
import type { AppendReceipt, AppendRequest } from "../log-transport.ts";
import { decodeSegment, encodeSegment } from "../segment.ts";
import { pointsOfSeries } from "../series-block.ts";
import { createIngestion } from "./create-ingestion.ts";

const caller = localOwner("test");
const points = batchOf([["loss", 1, 10, 0.5]]);

/** A log in memory that keeps what a real one would: encoded segments. */
function memoryLog(answer: (request: AppendRequest, offset: number) => AppendReceipt = accept) {
  const appended: (AppendRequest & { readonly body: Uint8Array })[] = [];
  return {
    appended,
    async append(request: AppendRequest): Promise<AppendReceipt> {
      const body = encodeSegment(request.runId, request.points);
      await Promise.resolve();
      appended.push({ ...request, body });
      return answer(request, appended.length);
    },
  };
}

function accept(_request: AppendRequest, offset: number): AppendReceipt {
  return { status: "accepted", applied: true, position: { partition: 3, offset } };
}

it("appends one segment per run and tells where it went", async () => {
  const log = memoryLog();
  const sender = { client: "trainer-1", sequence: 4 };
  const receipts = await createIngestion({ log }).append(caller, {
    runs: [
      { runId: "a", points },
      { runId: "b", points, sender },
    ],
    acknowledgement: "applied",
  });
  expect(receipts).toEqual([
    { runId: "a", status: "accepted", points: 1, applied: true, position: { partition: 3, offset: 1 } },
    { runId: "b", status: "accepted", points: 1, applied: true, position: { partition: 3, offset: 2 } },
  ]);
  expect(log.appended).toMatchObject([
    { workspace: "default", runId: "a", acknowledgement: "applied" },
    { runId: "b", sender },
  ]);
});

interface Change {
  readonly keys?: string[];
  readonly keyIndexes?: number[];
  readonly steps?: number[];
  readonly timestamps?: number[];
}

it.each<[string, Change, string]>([
  [
    "runs[1].step[0]",
    { steps: [1.5] },
    "'runs[1].step[0]' must be a whole number within ±(2^53 - 1). Found 1.5.",
  ],
  ["runs[1].step[0]", { steps: [Number.NaN] }, "Found NaN."],
  ["runs[1].step[0]", { steps: [2 ** 53] }, "Found 9007199254740992."],
  ["runs[1].timestamp[0]", { timestamps: [-1] }, "from 0 to 2^53 - 1. Found -1."],
  ["runs[1].key[0]", { keyIndexes: [1] }, "must be an index from 0 to 0. Found 1."],
  ["runs[1].keys[0]", { keys: ["a$"] }, 'letters, digits, spaces and _ - . : / only. Found "a$".'],
  ["runs[1].keys[0]", { keys: ["a/../b"] }, 'Found "a/../b", which would be "b".'],
  [
    "runs[1].keys[0]",
    { keys: ["x".repeat(10_000_000)] },
    `Found "${"x".repeat(80)}"… (10000000 characters).`,
  ],
])("refuses a whole request for %s, before anything is appended", async (field, change, message) => {
  const log = memoryLog();
  const altered = {
    keys: ["loss"],
    ...change,
    keyIndexes: Uint32Array.from(change.keyIndexes ?? [0]),
    steps: Float64Array.from(change.steps ?? [0]),
    timestamps: Float64Array.from(change.timestamps ?? [0]),
    values: Float64Array.of(0),
  };
  const runs = [
    { runId: "a", points },
    { runId: "b", points: altered },
  ];
  const refusal = await createIngestion({ log })
    .append(caller, { runs })
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).toMatchObject({
    code: "invalid_argument",
    field,
    message: expect.stringContaining(message),
  });
  expect(log.appended).toEqual([]);
});

it.each([
  [{ runId: "" }, "runs[0].run_id"],
  [{ runId: "a/b" }, "runs[0].run_id"],
  [{ runId: "x".repeat(257) }, "runs[0].run_id"],
  [{ points: batchOf([]) }, "runs[0].step"],
  [{ sender: { client: "", sequence: 1 } }, "runs[0].client"],
  [{ sender: { client: "c", sequence: 0 } }, "runs[0].sequence"],
])("refuses %j", async (change, field) => {
  const log = memoryLog();
  const runs = [{ runId: "a", points, ...change }];
  await expect(createIngestion({ log }).append(caller, { runs })).rejects.toMatchObject({ field });
  expect(log.appended).toEqual([]);
});

it("refuses more runs than one request may hold", async () => {
  const runs = Array.from({ length: 1_001 }, (_, i) => ({ runId: `run-${i}`, points }));
  await expect(createIngestion({ log: memoryLog() }).append(caller, { runs })).rejects.toThrow(
    "at most 1000 runs. Found 1001.",
  );
});

it("calls a place as the door names it", async () => {
  const run = {
    runId: "a",
    points: batchOf([["loss", 0.5, 1, 1]]),
    place: (column: string, i?: number) => `line ${(i ?? 0) + 7}: ${column}`,
  };
  await expect(createIngestion({ log: memoryLog() }).append(caller, { runs: [run] })).rejects.toMatchObject({
    field: "line 7: step",
  });
});

it("tells absent and deleted runs apart from those that were accepted", async () => {
  const log = memoryLog((request, offset) =>
    request.runId === "a"
      ? accept(request, offset)
      : { status: request.runId === "b" ? "run_not_found" : "run_deleted" },
  );
  const runs = ["a", "b", "c"].map((runId) => ({ runId, points }));
  expect(await createIngestion({ log }).append(caller, { runs })).toMatchObject([
    { status: "accepted", points: 1 },
    { status: "run_not_found", points: 0, applied: false, position: undefined },
    { status: "run_deleted", points: 0, applied: false, position: undefined },
  ]);
});

it("rejects with the log's refusal, after the rest has been decided", async () => {
  const log = memoryLog((request, offset) => {
    if (request.runId === "a") throw new DomainError("resource_exhausted", "Full.", { retryAfterSeconds: 1 });
    return accept(request, offset);
  });
  const runs = ["a", "b"].map((runId) => ({ runId, points }));
  await expect(createIngestion({ log }).append(caller, { runs })).rejects.toMatchObject({
    code: "resource_exhausted",
    retryAfterSeconds: 1,
  });
  expect(log.appended.map((request) => request.runId)).toEqual(["a", "b"]);
});

it.each([
  ["many points of one metric", 100_000, (_: number) => "loss"],
  ["many names", 20_000, (i: number) => `${"n".repeat(200)}${i % 7_000}`],
])("splits %s into parts that fit a record of a log, losing none", async (_what, count, nameOf) => {
  const log = memoryLog();
  const rows = Array.from(
    { length: count },
    (_, i): PointRow => [nameOf(i), i * 7, 1e12 + i ** 2, Math.sqrt(i)],
  );
  const many = columnsOf(rows);
  const sender = { client: "c", sequence: 9 };
  const [receipt] = await createIngestion({ log }).append(caller, {
    runs: [{ runId: "a", points: many, sender }],
  });
  expect(receipt).toMatchObject({ points: count, position: { offset: log.appended.length } });
  expect(log.appended.length).toBeGreaterThan(1);
  for (const { body } of log.appended) expect(body.length).toBeLessThan(2 ** 20);
  expect(log.appended.map((request) => request.sender)).toEqual([
    ...new Array(log.appended.length - 1).fill(undefined),
    sender,
  ]);
  const read = log.appended.flatMap(({ body }) => {
    const segment = decodeSegment(body);
    return segment.keys.flatMap((key, series) => rowsOf(key, pointsOfSeries(segment, series)));
  });
  const byStep = (a: PointRow, b: PointRow) => a[1] - b[1];
  expect(read.sort(byStep)).toEqual(rows.toSorted(byStep));
});

/** `batchOf` looks every key up in a list, which takes too long for thousands of them. */
function columnsOf(rows: readonly PointRow[]) {
  const keys = [...new Set(rows.map((row) => row[0]))];
  const indexes = new Map(keys.map((key, i) => [key, i]));
  return {
    keys,
    keyIndexes: Uint32Array.from(rows, (row) => indexes.get(row[0]) as number),
    steps: Float64Array.from(rows, (row) => row[1]),
    timestamps: Float64Array.from(rows, (row) => row[2]),
    values: Float64Array.from(rows, (row) => row[3]),
  };
}
