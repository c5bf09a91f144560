import type { PointBatch } from "./point-batch.ts";

/**
 * When an append is answered: once the log has it (`logged`: it will not be lost and every later read waits for it), or
 * once Postgres has it too (`applied`).
 */
export type Acknowledgement = "logged" | "applied";

/** Who sent a batch, and the how-many-th of that sender for that run it is, from 1; gaps become visible by it. */
export interface SenderPosition {
  /** 1 to 128 characters, chosen by the sender; never used again by another process. */
  readonly client: string;
  readonly sequence: number;
}

/** A place in the log: partitions are the shards of `shardOf`, offsets grow within each. */
export interface LogPosition {
  readonly partition: number;
  readonly offset: number;
}

export interface AppendRequest {
  readonly workspace: string;
  readonly runId: string;
  /** Of one segment, which a log takes whole: `splitPoints` makes them small enough. */
  readonly points: PointBatch;
  /** `logged` unless told. */
  readonly acknowledgement?: Acknowledgement | undefined;
  readonly sender?: SenderPosition | undefined;
}

/** What became of one append. Refusals are answers, not exceptions: other appends in the same commit go on. */
export type AppendReceipt =
  | {
      readonly status: "accepted";
      /** Whether it is known to be in Postgres already. */
      readonly applied: boolean;
      /** Undefined for a repeated request that the first copy's position is not known of. */
      readonly position: LogPosition | undefined;
    }
  | { readonly status: "run_not_found" }
  | { readonly status: "run_deleted" };

/**
 * The way in for metric points: straight into Postgres, or through Kafka. One contract suite holds both together.
 *
 * Points are a set: (run, key, step, timestamp, value) appended twice is one point, NaN included, so any append may be
 * retried. What was accepted is durable and is seen by every read that calls `awaitApplied` first, in whatever process.
 */
export interface LogTransport {
  /**
   * Rejects with `resource_exhausted` (with Retry-After) when a byte limit is reached, with `unavailable` when the log or
   * the database cannot be reached, with `storage_full`, and with `invalid_argument` for points that no segment can hold.
   * After a rejection the points may or may not be there; the caller may retry.
   */
  append(request: AppendRequest): Promise<AppendReceipt>;
  /**
   * Resolves when everything that was accepted for these runs before the call, by any process, can be read; rejects with
   * `unavailable` (with Retry-After) when that takes too long. A read that follows is never silently stale.
   */
  awaitApplied(runIds: readonly string[] | "all"): Promise<void>;
  /** Turns later appends away and resolves when those under way have been answered. */
  close(): Promise<void>;
}
