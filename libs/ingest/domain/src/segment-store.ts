import type { IncomingSegment, SegmentOutcome } from "./incoming-segment.ts";
import type { AppliedPosition } from "./leader-terms.ts";
import type { LogStore } from "./log-store.ts";

/** The store of metric points, as a log sees it. */
export type SegmentStore = LogStore<IncomingSegment, SegmentOutcome>;

/** What a log's front needs to know of the store. */
export interface AppliedState {
  /** Up to where each partition of a source is applied; partitions never claimed are absent. */
  positions(source: string): Promise<ReadonlyMap<number, AppliedPosition>>;
  /** The stage of each run, in the order asked; undefined: no such run in this workspace. */
  runStages(
    runs: readonly { readonly workspace: string; readonly runId: string }[],
  ): Promise<readonly ("active" | "deleted" | undefined)[]>;
}
