import type { EndOfEpoch } from "./leader-terms.ts";

/** The end of a partition, and the leader that says so where the log tells. */
export interface PartitionEnd {
  readonly high: number;
  readonly leaderEpoch?: number | undefined;
}

export interface PartitionEdges extends PartitionEnd {
  /** The first offset that the log still has. */
  readonly low: number;
}

/** What a log says of itself. */
export interface LogEdges {
  partitions(): Promise<ReadonlyMap<number, PartitionEdges>>;
  readonly endOfEpoch: EndOfEpoch;
}
