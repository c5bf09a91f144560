import type { Applied, DeadLetter, SourceStretch } from "./incoming-segment.ts";
import type { AppliedPosition, Authors } from "./leader-terms.ts";

/** Where a partition of a log has been applied to, and who may move it on. */
export interface PartitionClaim extends AppliedPosition {
  /** Of the claim, never used for two, also not where the store is put back; it has nothing to do with those of leaders. */
  readonly epoch: number;
}

/**
 * The store that a log is applied to. Position and data move in one transaction, so what is applied is applied once,
 * whoever else believes to own the partition.
 */
export interface LogStore<Entry, Outcome> {
  /** Takes a partition over: every earlier claim of it is fenced from now on. */
  claim(source: string, partition: number): Promise<PartitionClaim>;
  /**
   * Moves a position, also back, says who wrote what lies before it, and renews the claim, so that nothing is applied by
   * somebody who believes otherwise. Returns the new epoch. Undefined: the position does not stand exactly at
   * `stretch.offset` under `stretch.epoch`, and stays. Rejects as `apply` does.
   */
  place(stretch: SourceStretch, authors: Authors): Promise<number | undefined>;
  /**
   * Applies entries and sets dead letters aside in one transaction, with a position only if it stands exactly at
   * `stretch.offset` under `stretch.epoch`; else "fenced", and nothing happens.
   *
   * Rejects with `unavailable` or `storage_full` when the same call may succeed later, with `internal` when an entry of the
   * call never will.
   */
  apply(batch: {
    readonly entries: readonly Entry[];
    readonly deadLetters: readonly DeadLetter[];
    readonly stretch: SourceStretch;
  }): Promise<Applied<Outcome>>;
}

export type ReadRecord<Entry> = { readonly entry: Entry } | { readonly deadLetter: DeadLetter };

/** What becomes of a record before the store sees it. */
export interface LogReader<Log, Entry> {
  /** Checks a record as far as its own bytes tell. */
  read(record: Log, partition: number): ReadRecord<Entry> | Promise<ReadRecord<Entry>>;
  /** The record again, as one that the store refuses for good. */
  setAside(entry: Entry, explanation: string): DeadLetter;
}
