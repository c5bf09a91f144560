import type { Applied, DeadLetter, IncomingSegment, SourceStretch } from "./incoming-segment.ts";

/** Where a partition of a log has been applied to, and who may move it on. */
export interface PartitionClaim {
  readonly epoch: number;
  readonly nextOffset: number;
}

/**
 * The store that a log is applied to. Position and data move in one transaction, so what is applied is applied once,
 * whoever else believes to own the partition.
 */
export interface SegmentStore {
  /** Takes a partition over: every earlier claim of it is fenced from now on. */
  claim(source: string, partition: number): Promise<PartitionClaim>;
  /**
   * Applies segments and sets dead letters aside in one transaction, with a position only if it stands exactly at
   * `stretch.offset` under `stretch.epoch`; else "fenced", and nothing happens.
   *
   * Rejects with `unavailable` or `storage_full` when the same call may succeed later, with `internal` when a segment of
   * the call never will.
   */
  apply(batch: {
    readonly segments: readonly IncomingSegment[];
    readonly deadLetters: readonly DeadLetter[];
    readonly stretch: SourceStretch;
  }): Promise<Applied>;
}

/** What a log's front needs to know of the store. */
export interface AppliedState {
  /** The next offset to be applied of each partition of a source; partitions never claimed are absent. */
  nextOffsets(source: string): Promise<ReadonlyMap<number, number>>;
  /** The stage of each run, in the order asked; undefined: no such run in this workspace. */
  runStages(
    runs: readonly { readonly workspace: string; readonly runId: string }[],
  ): Promise<readonly ("active" | "deleted" | undefined)[]>;
}
