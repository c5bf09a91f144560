import type { DeadLetterReason, IncomingSegment, LogStore, RunPointCount } from "@runweir/ingest-domain";
import type { RunEvent } from "./run-event.ts";

/** A record of the inbound topic; everything but its offset and time was written by somebody and may be wrong. */
export interface InboundRecord {
  readonly offset: number;
  /** Of the leader that took it, where the log tells. */
  readonly leaderEpoch?: number | undefined;
  /** When the broker took it, in milliseconds since 1970. */
  readonly loggedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A record that is in order as far as its own bytes tell: points of one run or several, or an event. */
export type InboundEntry = InboundRecord & {
  readonly workspace: string;
  readonly content:
    | { readonly kind: "points"; readonly segments: readonly IncomingSegment[] }
    | { readonly kind: "event"; readonly event: RunEvent };
};

/** What became of a record. One that was refused is a dead letter, whole. */
export type InboundOutcome =
  | { readonly status: "applied"; readonly points: number; readonly repeatedPoints: number }
  | {
      readonly status: "refused";
      readonly reason: DeadLetterReason;
      /** The runs at fault, and how many of the points were theirs. */
      readonly runs: readonly RunPointCount[];
      readonly explanation: string;
    };

export type InboundStore = LogStore<InboundEntry, InboundOutcome>;
