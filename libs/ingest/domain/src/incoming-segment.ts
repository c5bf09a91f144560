import type { SenderPosition } from "./log-transport.ts";

/** One encoded segment on its way into the store. */
export interface IncomingSegment {
  readonly workspace: string;
  readonly runId: string;
  readonly shard: number;
  /** Recognises a repeated request: 128 bits as 32 hexadecimal digits. */
  readonly digest: string;
  readonly points: number;
  readonly body: Uint8Array;
  readonly sender?: SenderPosition | undefined;
  /** Where a log holds it; absent when it comes straight from a request. */
  readonly offset?: number | undefined;
  /** When a log took it, in milliseconds since 1970. */
  readonly loggedAt?: number | undefined;
  /** The trace of the request that sent it, in the form of the W3C header. */
  readonly traceparent?: string | undefined;
}

/**
 * Why a record was not applied. `run_not_found` and `run_deleted` are found out by the store; `lost` stands for records
 * that the log itself had dropped before they were applied, and has no body.
 */
export const deadLetterReasons = ["malformed", "refused", "lost", "run_not_found", "run_deleted"] as const;
export type DeadLetterReason = (typeof deadLetterReasons)[number];

/** How many points of a run a record holds. */
export interface RunPointCount {
  readonly runId: string;
  /** Undefined: they cannot be counted. */
  readonly points: number | undefined;
}

/** A record that can never be applied as it is: kept whole, with the reason, in the transaction that passes it by. */
export interface DeadLetter {
  readonly offset: number;
  readonly reason: DeadLetterReason;
  /** For people. */
  readonly explanation: string;
  readonly workspace: string | undefined;
  /** Whose points were not applied, as far as that can be told; the first is the run at fault, where one is. */
  readonly runs: readonly RunPointCount[];
  /** What was sent along with the body, as far as replaying needs it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A stretch of one partition: from the offset the store must stand at, to where it stands afterwards. */
export interface SourceStretch {
  /** Names the log, cluster and topic included, so that another cluster's offsets are never taken for these. */
  readonly source: string;
  readonly partition: number;
  readonly epoch: number;
  readonly offset: number;
  readonly nextOffset: number;
}

export type SegmentOutcome =
  | { readonly status: "applied"; readonly sequenceNumber: number }
  | { readonly status: "repeated" }
  | { readonly status: "run_not_found" }
  | { readonly status: "run_deleted" };

export type Applied<Outcome = SegmentOutcome> =
  | { readonly status: "fenced" }
  | {
      readonly status: "applied";
      /** One per entry, in the order given. */
      readonly outcomes: readonly Outcome[];
      /** Bytes that folding has still to do in each shard touched. */
      readonly unfoldedBytes: ReadonlyMap<number, number>;
    };
