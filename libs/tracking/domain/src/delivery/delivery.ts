import type { RunStatus } from "../run.ts";

/**
 * - `complete`: the run has ended and everything that was accepted is stored; there is a certificate.
 * - `in_progress`: nothing is wrong so far, and more may come.
 * - `gaps`: batches are missing that a client has numbered.
 * - `rejected`: batches were accepted into the log and could not be applied, or not be merged.
 * - `uncounted`: points are stored that came before deliveries were counted, so nothing can be certified.
 */
export const deliveryStates = ["complete", "in_progress", "gaps", "rejected", "uncounted"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface DeliveryCount {
  readonly batches: number;
  readonly points: number;
}

/** Whole numbers from `from` to `to`, both included. */
export interface SequenceRange {
  readonly from: number;
  readonly to: number;
}

/** A sender that numbers its batches from 1. */
export interface ClientDelivery {
  readonly client: string;
  /** The lowest and the highest number that came; null when none has. */
  readonly first: number | null;
  readonly last: number | null;
  /** How many different numbers came. */
  readonly batches: number;
  readonly missing: number;
  /** The first of the gaps. */
  readonly gaps: readonly SequenceRange[];
  readonly gapCount: number;
  /** Milliseconds since 1970; null when nothing has come. */
  readonly lastAt: number | null;
}

/** A batch that was accepted and could not be applied. */
export interface RejectedBatch {
  /** In the terms of the ingest slice: `refused`, `run_deleted`, `malformed`, ... */
  readonly reason: string;
  /** For people. */
  readonly explanation: string;
  readonly at: number;
  readonly bytes: number;
}

/** Says that all of a run is stored; what `digest` is taken over stands in points-v1 of ingest http. */
export interface DeliveryCertificate {
  readonly batches: number;
  /** Distinct. */
  readonly points: number;
  readonly digest: string;
  /** When it was first issued, in milliseconds since 1970. */
  readonly issuedAt: number;
}

/**
 * What became of the points sent for a run. Accepted is applied, repeated and rejected together: everything that was
 * accepted before the question has been applied or set aside.
 */
export interface Delivery {
  readonly runId: string;
  readonly status: RunStatus;
  readonly state: DeliveryState;
  readonly accepted: DeliveryCount;
  readonly applied: DeliveryCount;
  /** Requests that were recognised as sent before, whole. */
  readonly repeated: DeliveryCount;
  /** Points as far as the batches could be read. */
  readonly rejected: DeliveryCount;
  /** The newest of the rejected batches. */
  readonly rejectedBatches: readonly RejectedBatch[];
  /** Applied, and set aside when they were merged: damaged on disk, or of values that cannot be stored. */
  readonly damagedBatches: number;
  /** Distinct points, each once however often it was sent. */
  readonly storedPoints: number;
  /** Points that came and were there already. */
  readonly duplicatePoints: number;
  /** Points that came behind the last step of their series; counted when they are merged, seconds later at most. */
  readonly latePoints: number;
  /** Those with gaps first. */
  readonly clients: readonly ClientDelivery[];
  readonly clientCount: number;
  readonly missingBatches: number;
  readonly lastAppliedAt: number | null;
  /** From acceptance by the log to Postgres, 0 where points take no log; null when nothing has been applied. */
  readonly lastLagMs: number | null;
  readonly longestLagMs: number | null;
  readonly complete: DeliveryCertificate | null;
}

/** What the store knows of a run's delivery, as of one moment. */
export interface DeliveryLedger {
  readonly applied: DeliveryCount;
  readonly repeated: DeliveryCount;
  readonly rejected: DeliveryCount;
  readonly rejectedBatches: readonly RejectedBatch[];
  readonly damagedBatches: number;
  readonly storedPoints: number;
  readonly latePoints: number;
  readonly clients: readonly {
    readonly client: string;
    /** Ascending and apart from one another. */
    readonly received: readonly SequenceRange[];
    readonly lastAt: number;
  }[];
  readonly lastAppliedAt: number | null;
  readonly lastLagMs: number | null;
  readonly longestLagMs: number | null;
  /** The one kept last; may be of an earlier state of the run. */
  readonly certificate: DeliveryCertificate | null;
}
