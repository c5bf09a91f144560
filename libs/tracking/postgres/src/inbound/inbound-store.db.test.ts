import { randomBytes } from "node:crypto";
import { type AuditEvent, localOwner } from "@runweir/identity-domain";
import { digestOf, encodeSegment, type IncomingSegment, shardOf } from "@runweir/ingest-domain";
import { batchOf } from "@runweir/ingest-domain/testing";
import { type InboundEntry, type InboundStore, inboundReader } from "@runweir/ingest-inbound";
import { createTracking, type Tracking, type TrackingStore } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertRun } from "../../testing/metric-test-database.ts";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";
import { createDirectLog, createInboundStore, createMetricReader } from "../index.ts";

const source = "kafka:test/runweir.inbound.v1";
const caller = localOwner("test");

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let tracking: Tracking;
let store: InboundStore;
const entered: AuditEvent[] = [];
beforeAll(async () => {
  service = await createTrackingTestService();
  ({ tracking } = service);
  store = createInboundStore({
    database: service.database,
    trackingOver,
    enter: async (_client, _caller, event) => entered.push(event),
  });
});
afterAll(() => service.drop());

function trackingOver(over: TrackingStore): Tracking {
  const { database, clock } = service;
  return createTracking({
    store: over,
    log: createDirectLog({ database }),
    metricReader: createMetricReader({ database }),
    clock,
    newId,
    random: Math.random,
    artifactLocation: (experimentId) => `mlflow-artifacts:/${experimentId}`,
  });
}

const newId = () => randomBytes(16).toString("hex");

/** Applies messages as one delivery, behind what partition `partition` holds already. */
async function apply(messages: readonly (object | InboundEntry)[], partition = 0) {
  const claim = await store.claim(source, partition);
  return applyUnder(claim, messages, partition);
}

async function applyUnder(
  { epoch, nextOffset: offset }: { readonly epoch: number; readonly nextOffset: number },
  messages: readonly (object | InboundEntry)[],
  partition = 0,
) {
  const entries = await Promise.all(messages.map((message, i) => entryOf(message, offset + i)));
  const stretch = { source, partition, epoch, offset, nextOffset: offset + messages.length };
  const applied = await store.apply({ entries, deadLetters: [], stretch });
  return applied.status === "fenced" ? "fenced" : applied.outcomes;
}

async function entryOf(message: object | InboundEntry, offset: number): Promise<InboundEntry> {
  if ("content" in message) return { ...message, offset };
  const body = Buffer.from(JSON.stringify(message));
  const read = await inboundReader.read({ offset, loggedAt: 5_000, headers: {}, body }, 0);
  if (!("entry" in read)) throw new Error(read.deadLetter.explanation);
  return read.entry;
}

function segmentOf(runId: string, step: number): IncomingSegment {
  const body = encodeSegment(runId, batchOf([["loss", step, step, step]]));
  return { workspace: "default", runId, shard: shardOf(runId), digest: digestOf(body), points: 1, body };
}

function pointsOf(...segments: IncomingSegment[]): InboundEntry {
  const body = Buffer.from("the points");
  const headers = { "content-type": "test" };
  return {
    offset: 0,
    loggedAt: 5_000,
    headers,
    body,
    workspace: "default",
    content: { kind: "points", segments },
  };
}

const created = (runId: string, more: object = {}) => ({
  type: "run_created",
  run_id: runId,
  experiment_id: "0",
  ...more,
});
const done = { status: "applied", points: 0, repeatedPoints: 0 };
const tag = (runId: string, value: string) => ({ type: "tags", run_id: runId, tags: [{ key: "t", value }] });
const param = (runId: string, value: string) => ({
  type: "params",
  run_id: runId,
  params: [{ key: "p", value }],
});

async function tagOf(runId: string): Promise<string | undefined> {
  const { tags } = await tracking.getRun(caller, runId);
  return tags.find(({ key }) => key === "t")?.value;
}

const lettersOf = (runId: string) =>
  service.database.query(
    "SELECT reason, explanation, headers, body FROM tracking.dead_letter WHERE run_id = $1 ORDER BY log_offset",
    [runId],
  );

describe("a name that comes as a tag", () => {
  const named = (runId: string, value: string) => ({
    type: "tags",
    run_id: runId,
    tags: [{ key: "mlflow.runName", value }],
  });

  it("is entered once where it is another, and not where it is refused", async () => {
    const [runId, absent] = [newId(), newId()];
    await apply([created(runId, { run_name: "night" }), named(runId, "day"), named(runId, "day")]);
    await apply([named(absent, "never")]);
    expect((await tracking.getRunInfo(caller, runId)).runName).toBe("day");
    expect(entered.filter(({ object }) => [runId, absent].includes(object.id))).toEqual([
      {
        action: "run.rename",
        object: { id: runId, name: "night" },
        before: { name: "night" },
        after: { name: "day" },
      },
    ]);
  });
});

describe("a delivery", () => {
  it("is applied whole: a run, what it says, and points that came before it was there", async () => {
    const runId = newId();
    const outcomes = await apply([
      pointsOf(segmentOf(runId, 1)),
      created(runId),
      param(runId, "1"),
      tag(runId, "first"),
      tag(runId, "second"),
      pointsOf(segmentOf(runId, 2), segmentOf(runId, 1)),
      { type: "run_finished", run_id: runId, status: "KILLED" },
    ]);
    expect(outcomes).toEqual([
      { status: "applied", points: 1, repeatedPoints: 0 },
      done,
      done,
      done,
      done,
      { status: "applied", points: 1, repeatedPoints: 1 },
      done,
    ]);
    const run = await tracking.getRun(caller, runId);
    expect(run.info).toMatchObject({ status: "KILLED", startTime: 5_000, endTime: 5_000, userId: "system" });
    expect(run.params).toEqual([{ key: "p", value: "1" }]);
    expect(run.metrics).toMatchObject([{ key: "loss", step: 2 }]);
    expect(await tagOf(runId)).toBe("second");
  });

  it("of an owner that was fenced leaves nothing behind", async () => {
    const runId = newId();
    const early = await store.claim(source, 1);
    expect(await apply([created(runId), tag(runId, "theirs")], 1)).toEqual([done, done]);
    const late = [
      tag(runId, "stale"),
      created(newId(), { experiment_id: undefined, experiment_name: "stale" }),
      pointsOf(segmentOf(runId, 1)),
    ];
    expect(await applyUnder(early, late, 1)).toBe("fenced");
    expect(await tagOf(runId)).toBe("theirs");
    await expect(tracking.getExperimentByName(caller, "stale")).rejects.toMatchObject({ code: "not_found" });
    expect((await tracking.getRun(caller, runId)).metrics).toEqual([]);
  });

  it("goes on behind a message that is refused, and nothing of that one stays", async () => {
    const runId = newId();
    const half = {
      type: "params",
      run_id: runId,
      params: [
        { key: "new", value: "1" },
        { key: "p", value: "2" },
      ],
    };
    const outcomes = await apply([created(runId), param(runId, "1"), half, tag(runId, "after")]);
    expect(outcomes).toMatchObject([
      done,
      done,
      { status: "refused", reason: "refused", runs: [{ runId, points: 0 }] },
      done,
    ]);
    expect((await tracking.getRun(caller, runId)).params).toEqual([{ key: "p", value: "1" }]);
    expect(await tagOf(runId)).toBe("after");
    expect(await lettersOf(runId)).toEqual([
      {
        reason: "refused",
        explanation: expect.stringContaining("Changing param values is not allowed."),
        headers: {},
        body: Buffer.from(JSON.stringify(half)),
      },
    ]);
  });

  it("keeps a message whole whose runs are not all there, and applies the points of the others", async () => {
    const [there, absent, deleted] = [newId(), newId(), newId()];
    await apply([created(there), created(deleted)]);
    await tracking.deleteRun(caller, deleted);
    const outcomes = await apply([
      pointsOf(segmentOf(there, 1), segmentOf(absent, 1)),
      pointsOf(segmentOf(deleted, 1)),
    ]);
    expect(outcomes).toMatchObject([
      { status: "refused", reason: "run_not_found", runs: [{ runId: absent, points: 1 }] },
      { status: "refused", reason: "run_deleted", runs: [{ runId: deleted, points: 1 }] },
    ]);
    expect((await tracking.getRun(caller, there)).metrics).toHaveLength(1);
    expect(await tracking.getDelivery(caller, there)).toMatchObject({ rejected: { batches: 0, points: 0 } });
    expect(await tracking.getDelivery(caller, deleted)).toMatchObject({
      rejected: { batches: 1, points: 1 },
    });
    expect(await lettersOf(absent)).toEqual([
      {
        reason: "run_not_found",
        explanation: `Run with id=${absent} not found`,
        headers: { "content-type": "test" },
        body: Buffer.from("the points"),
      },
    ]);
  });
});

it("tells every run of a malformed message, and what of it was rejected", async () => {
  const [one, other] = [newId(), newId()];
  await apply([created(one), created(other)]);
  const columns = (run_id: string, value: readonly unknown[]) => ({
    run_id,
    keys: ["a"],
    step: 1,
    timestamp: 1,
    value,
  });
  const message = { type: "points", runs: [columns(one, [1, 2]), columns(other, [3, "four", 5])] };
  const record = { offset: 0, loggedAt: 5_000, headers: {}, body: Buffer.from(JSON.stringify(message)) };
  const read = await inboundReader.read(record, 6);
  if (!("deadLetter" in read)) throw new Error("It was taken.");
  const { epoch } = await store.claim(source, 6);
  const stretch = { source, partition: 6, epoch, offset: 0, nextOffset: 1 };
  await store.apply({ entries: [], deadLetters: [read.deadLetter], stretch });
  for (const [runId, points] of [
    [one, 2],
    [other, 3],
  ] as const)
    expect(await tracking.getDelivery(caller, runId)).toMatchObject({
      state: "rejected",
      rejected: { batches: 1, points },
      rejectedBatches: [{ reason: "malformed", explanation: expect.stringContaining("runs[1].value[1]") }],
    });
});

describe("a run that its producer names", () => {
  it("is the same when it is said again, whatever became of it, and another one is refused", async () => {
    const runId = newId();
    const first = created(runId, { run_name: "first", user_id: "ada", start_time: 1_000 });
    expect(await apply([first])).toEqual([done]);
    await tracking.updateRun(caller, { runId, runName: "renamed" });
    expect(await apply([first, created(runId), created(runId, { run_name: "other" })])).toEqual([
      done,
      done,
      done,
    ]);
    expect((await tracking.getRun(caller, runId)).info.runName).toBe("renamed");
    const others = [
      created(runId, { start_time: 2_000 }),
      created(runId, { user_id: "bob" }),
      created(runId, { experiment_id: undefined, experiment_name: "elsewhere" }),
    ];
    expect(await apply(others)).toMatchObject([
      { explanation: `Another run with id=${runId} exists already, with start time 1000.` },
      { explanation: `Another run with id=${runId} exists already, with user "ada".` },
      { explanation: `Another run with id=${runId} exists already, with experiment 0.` },
    ]);
    await expect(tracking.getExperimentByName(caller, "elsewhere")).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("cannot take an id that is in use in another workspace, nor one that is none", async () => {
    const runId = newId();
    await insertRun(service.database, runId, 77, "elsewhere");
    expect(
      await apply([created(runId), created("my-run"), created(newId(), { experiment_id: "12345" })]),
    ).toMatchObject([
      { reason: "refused", explanation: `Another run with id=${runId} exists already.` },
      {
        reason: "refused",
        explanation: expect.stringContaining("It must be 32 lower-case hexadecimal digits."),
      },
      { reason: "refused", explanation: "No Experiment with id=12345 exists" },
    ]);
  });

  it("is made once, and so is its experiment, by partitions that hear of them at the same time", async () => {
    for (let round = 0; round < 5; round += 1) {
      const runId = newId();
      const message = created(runId, { experiment_id: undefined, experiment_name: `raced ${round}` });
      const outcomes = await Promise.all([2, 3, 4, 5].map((partition) => apply([message], partition)));
      expect(outcomes).toEqual([[done], [done], [done], [done]]);
      const { experimentId } = await tracking.getExperimentByName(caller, `raced ${round}`);
      expect((await tracking.getRun(caller, runId)).info.experimentId).toBe(experimentId);
    }
  });
});

it("is not there, or deleted: each event says which", async () => {
  const deleted = newId();
  await apply([created(deleted)]);
  await tracking.deleteRun(caller, deleted);
  const absent = newId();
  const outcomes = await apply([
    tag(absent, "x"),
    { type: "run_finished", run_id: absent },
    param(deleted, "1"),
    { type: "run_finished", run_id: deleted },
    created(deleted),
  ]);
  expect(outcomes).toMatchObject([
    { reason: "run_not_found", runs: [{ runId: absent, points: 0 }] },
    { reason: "run_not_found", runs: [{ runId: absent, points: 0 }] },
    { reason: "run_deleted", runs: [{ runId: deleted, points: 0 }] },
    { reason: "run_deleted", runs: [{ runId: deleted, points: 0 }] },
    done,
  ]);
});
