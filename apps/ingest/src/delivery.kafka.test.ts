import { randomBytes } from "node:crypto";
import { localOwner } from "@runweir/identity-domain";
import { encodeSegment, shardOf } from "@runweir/ingest-domain";
import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import { openKafka } from "@runweir/kafka";
import { kafkaMissing } from "@runweir/kafka-broker/testing";
import type { Delivery, Tracking } from "@runweir/tracking-domain";
import { createTrackingStore } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestPipeline, type TestPipeline } from "../testing/test-pipeline.ts";
import { createTrackingOver } from "./tracking-over.ts";

describe.skipIf(kafkaMissing)("the delivery of a run through a broker", () => {
  const caller = localOwner("test");
  let pipeline: TestPipeline;
  let tracking: Tracking;
  let log: ReturnType<TestPipeline["openLog"]>;
  beforeAll(async () => {
    pipeline = await createTestPipeline();
    const { database } = pipeline;
    tracking = createTrackingOver(database)(createTrackingStore({ database }));
    log = pipeline.openLog();
    await pipeline.startIngest();
  });
  afterAll(() => pipeline?.drop());

  async function newRun(): Promise<string> {
    const runId = randomBytes(16).toString("hex");
    await insertRun(pipeline.database, runId);
    return runId;
  }

  const send = (runId: string, sequence: number, rows: readonly PointRow[]) =>
    log.append({
      workspace: "default",
      runId,
      points: batchOf(rows),
      sender: { client: "worker", sequence },
    });

  /** After everything that the log has for the run was applied. */
  async function deliveryOf(runId: string): Promise<Delivery> {
    await log.awaitApplied([runId]);
    return tracking.getDelivery(caller, runId);
  }

  /** A record as somebody else might write it into our topic. */
  async function produce(runId: string, value: Uint8Array): Promise<void> {
    const producer = openKafka(pipeline.settings, "foreign", { warn() {}, debug() {} }).producer();
    await producer.connect();
    const headers = { workspace: "default" };
    const messages = [{ key: runId, partition: shardOf(runId), value: Buffer.from(value), headers }];
    await producer.send({ topic: pipeline.topic.topic, messages });
    await producer.disconnect();
  }

  it("tells what is missing until it comes, what came twice, and then that all is stored", async () => {
    const runId = await newRun();
    await send(runId, 1, [["loss", 1, 1, 1]]);
    await send(runId, 3, [
      ["loss", 3, 3, 3],
      ["acc", 3, 3, 0.5],
    ]);
    await send(runId, 3, [
      ["loss", 3, 3, 3],
      ["acc", 3, 3, 0.5],
    ]);
    await tracking.updateRun(caller, { runId, status: "FINISHED" });
    const delivery = await deliveryOf(runId);
    expect(delivery).toMatchObject({
      state: "gaps",
      accepted: { batches: 3, points: 5 },
      applied: { batches: 2, points: 3 },
      repeated: { batches: 1, points: 2 },
      rejected: { batches: 0, points: 0 },
      storedPoints: 3,
      clients: [{ client: "worker", gaps: [{ from: 2, to: 2 }] }],
      complete: null,
    });
    expect(delivery.lastLagMs).toBeGreaterThanOrEqual(0);
    expect(delivery.longestLagMs).toBeGreaterThanOrEqual(delivery.lastLagMs ?? Infinity);
    await send(runId, 2, [["loss", 2, 2, 2]]);
    expect(await deliveryOf(runId)).toMatchObject({
      state: "complete",
      missingBatches: 0,
      complete: { batches: 3, points: 4, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it("is not complete when a record of it was damaged in the log", async () => {
    const runId = await newRun();
    await send(runId, 1, [["loss", 1, 1, 1]]);
    const damaged = encodeSegment(runId, batchOf([["loss", 2, 2, 2]])).slice();
    damaged[damaged.length - 1] = 255 - (damaged.at(-1) as number);
    await produce(runId, damaged);
    await tracking.updateRun(caller, { runId, status: "FINISHED" });
    expect(await deliveryOf(runId)).toMatchObject({
      state: "rejected",
      accepted: { batches: 2, points: 1 },
      rejected: { batches: 1, points: 0 },
      rejectedBatches: [{ reason: "malformed", explanation: expect.stringContaining("checksum") }],
      complete: null,
    });
  });

  it("counts points that came before there was a run of that name", async () => {
    const runId = randomBytes(16).toString("hex");
    await produce(
      runId,
      encodeSegment(
        runId,
        batchOf([
          ["loss", 1, 1, 1],
          ["loss", 2, 2, 2],
        ]),
      ),
    );
    await log.awaitApplied([runId]);
    await insertRun(pipeline.database, runId);
    expect(await deliveryOf(runId)).toMatchObject({
      state: "rejected",
      rejected: { batches: 1, points: 2 },
      rejectedBatches: [{ reason: "run_not_found" }],
    });
  });
});
