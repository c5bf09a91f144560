import type { Caller } from "@runweir/identity-domain";
import type { Acknowledgement, LogPosition, SenderPosition } from "../log-transport.ts";
import type { PointBatch } from "../point-batch.ts";

/** The columns of a request, by the names that callers know. */
export type PointColumn = "run_id" | "keys" | "key" | "step" | "timestamp" | "value" | "client" | "sequence";

/**
 * Says where in the caller's request something stands, for error messages: `runs[2].step[17]`. The index is that of the
 * point within the run's batch, for `keys` that of the name within its names, and absent for what concerns the whole run.
 */
export type PlaceName = (column: PointColumn, index?: number) => string;

export interface RunPoints {
  readonly runId: string;
  readonly points: PointBatch;
  readonly sender?: SenderPosition | undefined;
  /** `runs[i].<column>[index]` unless told. */
  readonly place?: PlaceName | undefined;
}

/** What became of the points of one run of a request. */
export interface RunReceipt {
  readonly runId: string;
  readonly status: "accepted" | "run_not_found" | "run_deleted";
  /** Points accepted; points sent before are among them. */
  readonly points: number;
  /** Whether all of them are known to be in Postgres already. */
  readonly applied: boolean;
  /** Of the last part; undefined when nothing was written, as for a repeated request. */
  readonly position: LogPosition | undefined;
}

/** The native way in for metric points. */
export interface Ingestion {
  /**
   * Appends points of several runs, one segment per run (more, if they do not fit into one). All is checked before
   * anything reaches the log: a point out of order refuses the whole request with `invalid_argument`, naming its place.
   *
   * Runs that are absent or deleted are told in their receipts and do not concern the others. When the log turns
   * something away (`resource_exhausted`, `unavailable`, ...) the whole request is rejected with that, after all of it has
   * been decided; parts may have been accepted, and the request may be repeated: points are a set.
   *
   * Once it has resolved, nothing of it reads the columns any more: their memory may be used again.
   */
  append(
    caller: Caller,
    request: { readonly runs: readonly RunPoints[]; readonly acknowledgement?: Acknowledgement | undefined },
  ): Promise<readonly RunReceipt[]>;
}
