import { digestOf, encodeSegment, type IncomingSegment, shardOf } from "@runweir/ingest-domain";
import { batchOf } from "@runweir/ingest-domain/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMetricTestDatabase, type MetricTestDatabase } from "../../testing/metric-test-database.ts";
import { createSegmentStore } from "./segment-store.ts";

let database: MetricTestDatabase;
beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());

const source = "kafka:test/points";

function segmentOf(runId: string): IncomingSegment {
  const body = encodeSegment(runId, batchOf([["loss", 1, 1, 1]]));
  const digest = digestOf(body);
  return { workspace: "default", runId, shard: shardOf(runId), digest, points: 1, body };
}

it("sets records aside with all that replaying needs, once", async () => {
  const store = createSegmentStore({ database });
  const absent = { ...segmentOf("absent"), offset: 0, sender: { client: "worker-1", sequence: 7 } };
  const malformed = {
    offset: 1,
    reason: "malformed" as const,
    explanation: "It ends with \ud800.",
    workspace: "a\0b",
    runs: [],
    headers: { client: "worker-2", "half\ud800": "\0" },
    body: Buffer.from([1, 2, 3]),
  };
  for (let time = 0; time < 2; time += 1) {
    const { epoch } = await store.claim(source, 0);
    await database.query("UPDATE tracking.ingest_position SET next_offset = 0 WHERE source = $1", [source]);
    const stretch = { source, partition: 0, epoch, offset: 0, nextOffset: 2 };
    const applied = await store.apply({ entries: [absent], deadLetters: [malformed], stretch });
    expect(applied).toMatchObject({ status: "applied", outcomes: [{ status: "run_not_found" }] });
  }
  const letters = await database.query(
    `SELECT log_offset, reason, explanation, workspace, run_id, headers, body FROM tracking.dead_letter
     WHERE partition = 0 ORDER BY log_offset`,
  );
  expect(letters).toEqual([
    {
      log_offset: 0,
      reason: "run_not_found",
      explanation: "There is no such run.",
      workspace: "default",
      run_id: "absent",
      headers: { client: "worker-1", sequence: "7" },
      body: Buffer.from(absent.body),
    },
    {
      log_offset: 1,
      reason: "malformed",
      explanation: "It ends with \ufffd.",
      workspace: "a\ufffdb",
      run_id: null,
      headers: { client: "worker-2", "half\ufffd": "\ufffd" },
      body: Buffer.from([1, 2, 3]),
    },
  ]);
});

it("keeps another record that comes to the same place after the log was emptied", async () => {
  const store = createSegmentStore({ database });
  const letterOf = (byte: number) => ({
    offset: 0,
    reason: "malformed" as const,
    explanation: "It is too short.",
    workspace: undefined,
    runs: [],
    headers: {},
    body: Buffer.from([byte]),
  });
  for (const byte of [1, 2, 2]) {
    const { epoch, nextOffset } = await store.claim(source, 1);
    const stretch = { source, partition: 1, epoch, offset: nextOffset, nextOffset: 1 };
    await store.apply({ entries: [], deadLetters: [letterOf(byte)], stretch });
  }
  const bodies = await database.query<{ body: Buffer }>(
    "SELECT body FROM tracking.dead_letter WHERE source = $1 AND partition = 1 ORDER BY body",
    [source],
  );
  expect(bodies.map(({ body }) => [...body])).toEqual([[1], [2]]);
});
