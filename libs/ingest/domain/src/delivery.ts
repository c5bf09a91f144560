/** As much of a record as applying needs to know. */
export interface LogPlace {
  readonly offset: number;
  /** Of the leader that took it, where the log tells. */
  readonly leaderEpoch?: number | undefined;
  readonly body: Uint8Array;
}

/** What a log delivered of one partition in one go. */
export interface Delivery<Log> {
  /** In the order of their offsets. */
  readonly records: readonly Log[];
  /** Where the log was asked to begin. Holes between here and the first record are the log's own and hold nothing. */
  readonly from: number;
  /** The offset behind the last one delivered, left-out records included. */
  readonly next: number;
  /** The end of the partition: everything below has been accepted. */
  readonly highWatermark: number;
}

/**
 * - `applied`: go on at `nextOffset`.
 * - `elsewhere`: what was delivered does not follow what was applied, or is not of the log as it is now. `agree`, and fetch
 *   from there.
 * - `fenced`: somebody else has claimed the partition (or a commit of ours went through unheard): claim it anew if it
 *   is still ours. `afterFailure` tells the second kind.
 * - `stopped`: `isHeld` said no.
 */
export type DeliveryOutcome =
  | { readonly status: "applied" | "elsewhere"; readonly nextOffset: number }
  | { readonly status: "fenced"; readonly afterFailure: boolean }
  | { readonly status: "stopped" };

/** A partition under a claim of ours. */
export interface HeldPartition<Log> {
  readonly partition: number;
  readonly nextOffset: number;
  /** The latest leader whose log is known to have all that was applied. */
  readonly agreedWith: number | undefined;
  /** Applies a delivery; `isHeld` is asked before every transaction. Never rejects for what the store refuses. */
  apply(delivery: Delivery<Log>, isHeld: () => boolean): Promise<DeliveryOutcome>;
  /**
   * Holds the position against the log as it is now. Where the log lost its end, was emptied or restored, it goes back to
   * where they part: points are a set and requests are recognised, so applying a log again is safe, while leaving out what is
   * new in it would not be. Where the log dropped what was due, it goes on behind that and keeps a dead letter.
   */
  agree(): Promise<DeliveryOutcome>;
}
