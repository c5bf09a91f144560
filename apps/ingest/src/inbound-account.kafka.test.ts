import { randomBytes } from "node:crypto";
import { localOwner } from "@runweir/identity-domain";
import { kafkaMissing } from "@runweir/kafka-broker/testing";
import type { Tracking } from "@runweir/tracking-domain";
import { createTrackingStore } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { consoleProducer } from "../testing/foreign-producers.ts";
import { createTestPipeline, type TestPipeline } from "../testing/test-pipeline.ts";
import { createTrackingOver } from "./tracking-over.ts";

type Message = { readonly run_id?: string; readonly [field: string]: unknown };

const newRunId = () => randomBytes(16).toString("hex");

const pointOf = (runId: string): Message => ({
  type: "points",
  runs: [{ run_id: runId, keys: ["loss"], key: [0], step: [1], timestamp: [1], value: [0.5] }],
});

describe.skipIf(kafkaMissing)("the inbound topic, where everybody has to sign in", () => {
  let pipeline: TestPipeline;
  let tracking: Tracking;
  beforeAll(async () => {
    pipeline = await createTestPipeline();
    const { database } = pipeline;
    tracking = createTrackingOver(database)(createTrackingStore({ database }));
    await pipeline.startIngest({ identity: "required", inboundAccount: "producers" });
  });
  afterAll(() => pipeline?.drop());
  beforeEach(() => pipeline.database.query("DELETE FROM identity.service_account"));

  /** Writes messages of one run in their order, waits until they are applied, and tells what was set aside of them. */
  async function send(runId: string, messages: readonly Message[]) {
    const { settings, inbound, database } = pipeline;
    await consoleProducer(
      { brokers: settings.brokers, topic: inbound.topic },
      messages.map((message) => ({ key: runId, value: JSON.stringify(message) })),
    );
    await pipeline.inboundApplied();
    return database.query<{ reason: string; explanation: string }>(
      "SELECT DISTINCT reason, explanation, log_offset FROM tracking.dead_letter WHERE run_id = $1 ORDER BY log_offset",
      [runId],
    );
  }

  async function makeAccount(role: string): Promise<void> {
    await pipeline.database.query(
      `INSERT INTO identity.service_account (account_id, name, created_by, creation_time) VALUES ('a1', 'producers', 'test', 0)`,
    );
    await pipeline.database.query(
      `INSERT INTO identity.workspace_member VALUES ('default', 'service-account', 'a1', $1, 0)
       ON CONFLICT (workspace, member_kind, member_id) DO UPDATE SET role = excluded.role`,
      [role],
    );
  }

  it("refuses all while there is no such account, and says so", async () => {
    const runId = newRunId();
    const refused = await send(runId, [{ type: "run_created", run_id: runId, experiment_name: "none" }]);
    expect(refused).toMatchObject([
      { reason: "refused", explanation: expect.stringContaining("no service account 'producers'") },
    ]);
    await expect(tracking.getExperimentByName(localOwner("test"), "none")).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("lets an account write to what it makes, and to nothing else", async () => {
    await makeAccount("member");
    const [own, foreign, other] = [newRunId(), newRunId(), newRunId()];
    await insertRun(pipeline.database, foreign, 77);
    const made = { type: "run_created", run_id: own, experiment_name: `of producers ${own}` };
    const param = { type: "params", run_id: own, params: [{ key: "lr", value: "0.1" }] };
    expect(await send(own, [made, param, pointOf(own)])).toEqual([]);
    const { params, metrics } = await tracking.getRun(localOwner("test"), own);
    expect([params, metrics.length]).toEqual([[{ key: "lr", value: "0.1" }], 1]);

    const tag = { type: "tags", run_id: foreign, tags: [{ key: "k", value: "v" }] };
    const denied = {
      reason: "refused",
      explanation: "Permission denied: producers has no edit permission on experiment 77.",
    };
    expect(await send(foreign, [tag, pointOf(foreign)])).toMatchObject([denied, denied]);
    const found = await tracking.getRun(localOwner("test"), foreign);
    expect([found.tags.some(({ key }) => key === "k"), found.metrics]).toEqual([false, []]);
    const there = { type: "run_created", run_id: other, experiment_id: "77" };
    expect(await send(other, [there])).toMatchObject([denied]);
  });

  it("goes by the account's rights of the moment", async () => {
    const runId = newRunId();
    await insertRun(pipeline.database, runId, 78);
    await makeAccount("editor");
    expect(await send(runId, [pointOf(runId)])).toEqual([]);
    await pipeline.database.query("UPDATE identity.service_account SET is_disabled = true");
    expect(await send(runId, [pointOf(runId)])).toMatchObject([{ reason: "refused" }]);
  });
});
