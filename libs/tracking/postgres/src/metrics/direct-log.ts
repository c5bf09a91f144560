import { DomainError } from "@runweir/errors";
import {
  type AppendReceipt,
  digestOf,
  encodeSegment,
  type LogTransport,
  type SegmentOutcome,
  shardCount,
  shardOf,
} from "@runweir/ingest-domain";
import type { Database } from "@runweir/postgres";
import { createAnnouncer } from "../store/announcer.ts";
import { CommitLane, type OnCommitted } from "./commit-lane.ts";

export interface DirectLogOptions {
  readonly database: Database;
  readonly clock?: { now(): number };
  /** Transactions that may run side by side; each serves its share of the shards. */
  readonly lanes?: number;
  /** Encoded bytes that may wait for their commit, before requests are turned away. */
  readonly queueBytes?: number;
  readonly groupRequests?: number;
  readonly groupBytes?: number;
  readonly retryMilliseconds?: number;
  /** Unfolded bytes of one shard from which on writes are turned away; from half of it on they are slowed down. */
  readonly unfoldedBytes?: number;
}

const mebibyte = 2 ** 20;
const longestPause = 200;
const measureAgainAfter = 500;

/**
 * Metric points straight into Postgres, through the same transaction that a log's consumer uses. A request is answered
 * after its commit. `close` lets what is queued finish and turns away what comes later.
 */
export function createDirectLog(options: DirectLogOptions): LogTransport {
  const { database, clock = Date, queueBytes = 64 * mebibyte, unfoldedBytes = 64 * mebibyte } = options;
  const backlog = new Float64Array(shardCount);
  const measuredAt = new Float64Array(shardCount);
  const limits = {
    groupRequests: options.groupRequests ?? 500,
    groupBytes: options.groupBytes ?? 4 * mebibyte,
    retryMilliseconds: options.retryMilliseconds ?? 5_000,
  };
  const lanes = Array.from(
    { length: options.lanes ?? 2 },
    () => new CommitLane(database.pool, limits, clock, onCommitted),
  );
  // What could not be announced is found by the next sweep of maintenance, and pages ask anew after a break.
  const { announce } = createAnnouncer(database, () => {});
  let queued = 0;
  let closed = false;

  function onCommitted({ changes, unfoldedBytes }: Parameters<OnCommitted>[0]): Promise<void> | void {
    for (const { workspace, change } of changes) announce(workspace, change);
    return noteBacklog(unfoldedBytes);
  }

  /** Slows a lane down in proportion, so that folding catches up before requests must be refused. */
  function noteBacklog(measured: ReadonlyMap<number, number>): Promise<void> | void {
    for (const [shard, bytes] of measured) {
      backlog[shard] = bytes;
      measuredAt[shard] = clock.now();
    }
    const excess = (Math.max(...measured.values()) * 2) / unfoldedBytes - 1;
    if (excess <= 0 || closed) return;
    return new Promise((resolve) => setTimeout(resolve, Math.min(1, excess) * longestPause));
  }

  /** A refused shard is not written to, so its backlog is asked for instead, twice a second at most. */
  async function measure(shard: number): Promise<void> {
    if (clock.now() - (measuredAt[shard] as number) < measureAgainAfter) return;
    measuredAt[shard] = clock.now();
    const [row] = await database.query<{ bytes: number }>(
      `SELECT s.written_bytes - f.folded_bytes AS bytes
       FROM tracking.metric_shard s JOIN tracking.fold_position f USING (shard) WHERE s.shard = $1`,
      [shard],
    );
    backlog[shard] = row?.bytes ?? 0;
  }

  return {
    async append({ workspace, runId, points, sender }) {
      if (closed) throw new DomainError("unavailable", "The server is stopping.", { retryAfterSeconds: 1 });
      const shard = shardOf(runId);
      if ((backlog[shard] as number) > unfoldedBytes) await measure(shard);
      if ((backlog[shard] as number) > unfoldedBytes)
        throw overloaded("Metrics arrive faster than they are merged.");
      const body = encodeSegment(runId, points);
      if (queued > 0 && queued + body.length > queueBytes)
        throw overloaded("Too many metrics wait to be stored.");
      queued += body.length;
      try {
        const lane = lanes[shard % lanes.length] as CommitLane;
        const digest = digestOf(body);
        const count = points.values.length;
        return receiptOf(
          shard,
          await lane.submit({ workspace, runId, shard, digest, points: count, body, sender }),
        );
      } finally {
        queued -= body.length;
      }
    },
    // Nothing is accepted before it is applied.
    async awaitApplied() {},
    async close() {
      closed = true;
      await Promise.all(lanes.map((lane) => lane.drain()));
    },
  };
}

function receiptOf(shard: number, outcome: SegmentOutcome): AppendReceipt {
  switch (outcome.status) {
    case "applied":
      return {
        status: "accepted",
        applied: true,
        position: { partition: shard, offset: outcome.sequenceNumber },
      };
    case "repeated":
      return { status: "accepted", applied: true, position: undefined };
    default:
      return outcome;
  }
}

function overloaded(message: string): DomainError {
  return new DomainError("resource_exhausted", `${message} Please retry.`, { retryAfterSeconds: 1 });
}
