import { digestOf, encodeSegment, type IncomingSegment, shardOf } from "@runweir/ingest-domain";
import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import type { Database } from "@runweir/postgres";
import { createSegmentStore } from "../src/index.ts";

export interface SentBatch {
  readonly rows: readonly PointRow[];
  readonly client?: string;
  readonly sequence?: number;
}

/** A log of its own for one run, delivered to the store as the consumer does. */
export async function logForRun(database: Database, runId: string) {
  const store = createSegmentStore({ database });
  const source = `kafka:test/${runId}`;
  const partition = shardOf(runId);
  const { epoch } = await store.claim(source, partition);
  let offset = 0;
  return {
    /** As after the log was emptied: what it brings has the same places once more. */
    async readAnew() {
      await database.query("UPDATE tracking.ingest_position SET next_offset = 0 WHERE source = $1", [source]);
      offset = 0;
    },
    async deliver(sent: readonly SentBatch[], refused: readonly SentBatch[] = []) {
      const loggedAt = Date.now() - 1_000;
      const entries = sent.map(({ rows, client, sequence }, i): IncomingSegment => {
        const body = encodeSegment(runId, batchOf(rows));
        return {
          workspace: "default",
          runId,
          shard: partition,
          digest: digestOf(body),
          points: rows.length,
          body,
          sender: client === undefined ? undefined : { client, sequence: sequence ?? 0 },
          offset: offset + i,
          loggedAt,
        };
      });
      const deadLetters = refused.map(({ rows }, i) => ({
        offset: offset + sent.length + i,
        reason: "refused" as const,
        explanation: "a table stood in the way",
        workspace: "default",
        runs: [{ runId, points: rows.length }],
        headers: {},
        body: encodeSegment(runId, batchOf(rows)),
      }));
      const nextOffset = offset + entries.length + deadLetters.length;
      const stretch = { source, partition, epoch, offset, nextOffset };
      offset = nextOffset;
      const { status } = await store.apply({ entries, deadLetters, stretch });
      if (status === "fenced") throw new Error(`Somebody else applies the log of run ${runId}.`);
    },
  };
}
