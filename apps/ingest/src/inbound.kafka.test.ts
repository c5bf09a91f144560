import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { localOwner } from "@runweir/identity-domain";
import { type PointRow, rowsOf } from "@runweir/ingest-domain/testing";
import { openKafka } from "@runweir/kafka";
import { kafkaMissing } from "@runweir/kafka-broker/testing";
import type { Run, Tracking } from "@runweir/tracking-domain";
import { createTrackingStore } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { documentedMessages } from "../testing/documented-messages.ts";
import { consoleProducer, isKcatMissing, kcat, kcatFile } from "../testing/foreign-producers.ts";
import { createTestPipeline, type TestPipeline } from "../testing/test-pipeline.ts";
import { createTrackingOver } from "./tracking-over.ts";

const kcatMissing = kafkaMissing || (await isKcatMissing());

/** Written by another program, as the formats' own tests read it. */
const golden = resolve(import.meta.dirname, "../../../libs/ingest/formats/testing/golden-v1");
type GoldenRow = readonly [runId: string, key: string, step: number, timestamp: number, value: string];

describe.skipIf(kafkaMissing)("the inbound topic", () => {
  const caller = localOwner("test");
  let pipeline: TestPipeline;
  let tracking: Tracking;
  let target: { readonly brokers: readonly string[]; readonly topic: string };
  let documented: ReadonlyMap<string, string>;
  beforeAll(async () => {
    pipeline = await createTestPipeline();
    const { database, settings, inbound } = pipeline;
    tracking = createTrackingOver(database)(createTrackingStore({ database }));
    target = { brokers: settings.brokers, topic: inbound.topic };
    documented = await documentedMessages();
    await pipeline.startIngest();
  });
  afterAll(() => pipeline?.drop());

  const documentedId = () => (JSON.parse(documented.get("run_created") ?? "") as { run_id: string }).run_id;

  /** The documented messages about a run of another id. */
  function messagesFor(runId: string): { key: string; value: string }[] {
    return [...documented.values()].map((text) => ({
      key: runId,
      value: text.replaceAll(documentedId(), runId),
    }));
  }

  async function expectDocumentedRun(runId: string): Promise<Run> {
    const run = await tracking.getRun(caller, runId);
    expect(run).toMatchObject({
      info: {
        runId,
        runName: "night shift",
        userId: "ada",
        status: "FINISHED",
        startTime: 1_790_000_000_000,
        endTime: 1_790_000_060_000,
      },
      params: [
        { key: "layers", value: "12" },
        { key: "lr", value: "0.1" },
      ],
    });
    expect(run.tags).toContainEqual({ key: "team", value: "speech" });
    expect(await rowsFor(runId, "loss")).toEqual([
      ["loss", 1, 1_790_000_001_000, 0.5],
      ["loss", 2, 1_790_000_002_000, 0.25],
    ]);
    expect(await rowsFor(runId, "acc")).toEqual([["acc", 1, 1_790_000_001_000, Number.NaN]]);
    return run;
  }

  async function rowsFor(runId: string, key: string): Promise<PointRow[]> {
    return rowsOf(key, (await pipeline.reader.history({ runId, key, offset: 0, limit: 1e6 })).points);
  }

  const letters = (runId: string) =>
    pipeline.database.query("SELECT reason, explanation FROM tracking.dead_letter WHERE run_id = $1", [
      runId,
    ]);

  it.skipIf(kcatMissing)("takes what the document shows from kcat, twice to the same effect", async () => {
    const runId = documentedId();
    const messages = [...documented.values()].map((value) => ({ key: runId, value }));
    await kcat(target, messages);
    await pipeline.inboundApplied();
    const run = await expectDocumentedRun(runId);
    await kcat(target, messages);
    await pipeline.inboundApplied();
    expect(await expectDocumentedRun(runId)).toEqual(run);
    expect(await letters(runId)).toEqual([]);
  });

  it("takes it from Kafka's own console producer", async () => {
    const runId = randomBytes(16).toString("hex");
    await consoleProducer(target, messagesFor(runId));
    await pipeline.inboundApplied();
    await expectDocumentedRun(runId);
  });

  it.skipIf(kcatMissing).each(["gzip", "snappy", "lz4", "zstd"])(
    "takes it compressed by %s",
    async (compression) => {
      const runId = randomBytes(16).toString("hex");
      await kcat(target, messagesFor(runId), { compression });
      await pipeline.inboundApplied();
      await expectDocumentedRun(runId);
    },
  );

  it("applies the tags of a run in the order of its partition, whatever they come with", async () => {
    const runId = randomBytes(16).toString("hex");
    const values = Array.from({ length: 500 }, (_, i) => String(i));
    const tag = (value: string) =>
      JSON.stringify({ type: "tags", run_id: runId, tags: [{ key: "n", value }] });
    const [create = { key: "", value: "" }] = messagesFor(runId);
    await consoleProducer(target, [create, ...values.map((value) => ({ key: runId, value: tag(value) }))]);
    await pipeline.inboundApplied();
    expect((await tracking.getRun(caller, runId)).tags).toContainEqual({ key: "n", value: "499" });
    expect(await letters(runId)).toEqual([]);
  });

  it("sets aside what is wrong, says why, and goes on", async () => {
    const [runId, absent] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
    const messages = messagesFor(runId);
    const wrong = [
      { key: runId, value: `not JSON, of ${runId}` },
      { key: runId, value: JSON.stringify({ type: "tags", run_id: absent, tags: [] }) },
      {
        key: runId,
        value: JSON.stringify({ type: "params", run_id: runId, params: [{ key: "lr", value: "0.2" }] }),
      },
    ];
    await consoleProducer(target, [...messages.slice(0, 2), ...wrong, ...messages.slice(2)]);
    await pipeline.inboundApplied();
    await expectDocumentedRun(runId);
    const found = await pipeline.database.query<{ reason: string; explanation: string }>(
      `SELECT reason, explanation FROM tracking.dead_letter
       WHERE run_id IN ($1, $2) OR convert_from(body, 'UTF8') LIKE '%of ' || $1 ORDER BY log_offset`,
      [runId, absent],
    );
    expect(found).toMatchObject([
      { reason: "malformed", explanation: expect.stringContaining("it is not JSON") },
      { reason: "run_not_found", explanation: `Run with id=${absent} not found` },
      { reason: "refused", explanation: expect.stringContaining("Changing param values is not allowed.") },
    ]);
  });

  it.skipIf(kcatMissing)("takes an Arrow stream that pyarrow wrote", async () => {
    const expected = JSON.parse(await readFile(join(golden, "arrow.expected.json"), "utf8")) as GoldenRow[];
    for (const runId of new Set(expected.map(([run]) => run))) await insertRun(pipeline.database, runId, 0);
    const headers = { "content-type": "application/vnd.apache.arrow.stream" };
    for (const name of ["arrow-dictionary", "arrow-plain"])
      await kcatFile(target, { key: "golden", file: join(golden, `${name}.arrows`), headers });
    await pipeline.inboundApplied();
    for (const [runId, key] of new Map(expected.map((row) => [row.slice(0, 2).join(), row])).values()) {
      const rows = expected.filter(([run, name]) => run === runId && name === key);
      expect((await rowsFor(runId, key)).map(([, ...rest]) => rest.map(String).join())).toEqual(
        rows.map(([, , ...rest]) => rest.join()),
      );
    }
    expect(
      await pipeline.database.query("SELECT explanation FROM tracking.dead_letter WHERE headers = $1", [
        headers,
      ]),
    ).toEqual([]);
  });

  it("takes many points of many runs at once, each once, from several producers", async () => {
    const runIds = Array.from({ length: 20 }, () => randomBytes(16).toString("hex"));
    const steps = Array.from({ length: 100 }, (_, i) => i);
    const made = runIds.map((runId) => ({
      key: runId,
      value: JSON.stringify({ type: "run_created", run_id: runId, experiment_name: "many" }),
    }));
    const batches = steps.flatMap((step) =>
      runIds.map((runId) => ({
        key: runId,
        value: JSON.stringify({
          type: "points",
          runs: [{ run_id: runId, keys: ["loss"], step, timestamp: step, value: [step / 8] }],
        }),
      })),
    );
    await consoleProducer(target, [...made, ...batches]);
    // Again, through another producer: a retry of its own making.
    await consoleProducer(target, batches.slice(0, 500), { compression: "lz4" });
    await pipeline.inboundApplied();
    for (const runId of runIds) {
      expect(await rowsFor(runId, "loss")).toEqual(steps.map((step) => ["loss", step, step, step / 8]));
      expect(await letters(runId)).toEqual([]);
    }
  });

  it.skipIf(kcatMissing)("keeps the headers of what it sets aside", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "runweir-inbound-")), "points.csv");
    await writeFile(file, "loss,1,0.5\n");
    await kcatFile(target, { key: "a", file, headers: { "Content-Type": "text/csv", origin: "east" } });
    await rm(dirname(file), { recursive: true });
    await pipeline.inboundApplied();
    const [letter] = await pipeline.database.query(
      "SELECT reason, explanation, headers FROM tracking.dead_letter WHERE body = $1",
      [Buffer.from("loss,1,0.5\n")],
    );
    expect(letter).toEqual({
      reason: "malformed",
      explanation: `'header content-type' must be application/json or application/vnd.apache.arrow.stream. Found "text/csv".`,
      headers: { "content-type": "text/csv", origin: "east" },
    });
  });

  it("takes what a transaction wrote once it is committed, and never what one gave up", async () => {
    const producer = openKafka(pipeline.settings, "foreign", { warn() {}, debug() {} }).producer({
      transactionalId: pipeline.inbound.topic,
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    const [kept, dropped] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
    const abandoned = await producer.transaction();
    await abandoned.send({ topic: target.topic, messages: messagesFor(dropped) });
    await abandoned.abort();
    const transaction = await producer.transaction();
    await transaction.send({ topic: target.topic, messages: messagesFor(kept) });
    await transaction.commit();
    await producer.disconnect();
    // The broker answers a commit before readers may see what it commits.
    await vi.waitFor(() => expectDocumentedRun(kept), { timeout: 60_000, interval: 100 });
    await pipeline.inboundApplied();
    await expect(tracking.getRun(caller, dropped)).rejects.toMatchObject({ code: "not_found" });
  });
});
