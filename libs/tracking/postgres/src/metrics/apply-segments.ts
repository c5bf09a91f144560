import type { IncomingSegment, SegmentOutcome, SourceStretch } from "@runweir/ingest-domain";
import type { WorkspaceChange } from "../announce-change.ts";

/** Applied and repeated requests: both are in the ledger of their run. */
const counted: ReadonlySet<string> = new Set(["A", "R"]);

export type AppliedSegments =
  | { readonly status: "fenced" }
  | {
      readonly status: "applied";
      /** One per segment, in the order given. */
      readonly outcomes: readonly SegmentOutcome[];
      /** What to announce once the transaction is committed. */
      readonly changes: readonly WorkspaceChange[];
      /** Bytes that folding has still to do in each shard touched. */
      readonly unfoldedBytes: ReadonlyMap<number, number>;
    };

/** What a pool and a client of a transaction have in common. */
export interface StatementRunner {
  query(statement: {
    name: string;
    text: string;
    values: unknown[];
  }): Promise<{ readonly rows: readonly unknown[] }>;
}

interface AnswerRow {
  readonly outcomes: string | null;
  readonly sequence_numbers: readonly (string | null)[] | null;
  readonly experiment_ids: readonly (string | null)[] | null;
  readonly unfolded_bytes: readonly string[] | null;
}

/**
 * Stores segments for runs that exist and are active, and skips requests seen lately: the one write of metric
 * points, in one round trip. On a pool it is a transaction of its own, on a client part of the open one.
 * With a stretch it is "fenced", and nothing is applied, when another owner has moved the source on.
 */
export async function applySegments(
  client: StatementRunner,
  segments: readonly IncomingSegment[],
  stretch?: SourceStretch,
): Promise<AppliedSegments> {
  // Sorted by shard, so that two writers never wait for each other crosswise; sort() is stable.
  const order = segments.map((_, i) => i).sort((a, b) => shardAt(segments, a) - shardAt(segments, b));
  const sorted = order.map((i) => segments[i] as IncomingSegment);
  const anyLogged = sorted.some((segment) => segment.loggedAt !== undefined);
  const anySender = sorted.some((segment) => segment.sender);
  const { rows } = await client.query({
    name: "tracking.apply_segments",
    text: `SELECT outcomes, sequence_numbers, experiment_ids, unfolded_bytes FROM tracking.apply_segments(
      $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    values: [
      stretch?.source ?? null,
      stretch?.partition ?? null,
      stretch?.epoch ?? null,
      stretch?.offset ?? null,
      stretch?.nextOffset ?? null,
      sorted.map((segment) => segment.shard),
      sorted.map((segment) => segment.runId),
      sorted.map((segment) => segment.workspace),
      sorted.map((segment) => segment.digest),
      sorted.map((segment) => segment.points),
      sorted.map((segment) => segment.body.length),
      Buffer.concat(sorted.map((segment) => segment.body)),
      anySender ? sorted.map((segment) => segment.sender?.client ?? null) : null,
      anySender ? sorted.map((segment) => segment.sender?.sequence ?? null) : null,
      stretch ? sorted.map((segment) => segment.offset ?? null) : null,
      anyLogged ? sorted.map((segment) => segment.loggedAt ?? null) : null,
    ],
  });
  const row = rows[0] as AnswerRow;
  if (row.outcomes === null) return { status: "fenced" };
  const outcomes = new Array<SegmentOutcome>(segments.length);
  order.forEach((place, i) => {
    outcomes[place] = outcomeOf(row, i);
  });
  const shards = [...new Set(sorted.map((segment) => segment.shard))];
  const unfoldedBytes = new Map(shards.map((shard, i) => [shard, Number(row.unfolded_bytes?.[i] ?? 0)]));
  const changes = sorted.flatMap(({ workspace, runId }, i): WorkspaceChange[] =>
    counted.has(row.outcomes?.[i] ?? "")
      ? [{ workspace, change: { kind: "metrics", experimentId: String(row.experiment_ids?.[i]), runId } }]
      : [],
  );
  return { status: "applied", outcomes, changes, unfoldedBytes };
}

function outcomeOf(row: AnswerRow, place: number): SegmentOutcome {
  switch (row.outcomes?.[place]) {
    case "A":
      return { status: "applied", sequenceNumber: Number(row.sequence_numbers?.[place]) };
    case "R":
      return { status: "repeated" };
    case "D":
      return { status: "run_deleted" };
    default:
      return { status: "run_not_found" };
  }
}

function shardAt(segments: readonly IncomingSegment[], place: number): number {
  return (segments[place] as IncomingSegment).shard;
}
