import type { AppendOutcome } from "@runweir/ingest-domain";
import type { WorkspaceChange } from "../announce-change.ts";

/** One encoded segment on its way in. `digest` recognises a repeated request: 128 bits as a UUID. */
export interface IncomingSegment {
  readonly workspace: string;
  readonly runId: string;
  readonly shard: number;
  readonly digest: string;
  readonly points: number;
  readonly body: Uint8Array;
}

/** Where a replayable source stands; moved by compare-and-set together with the data, so nothing is applied twice. */
export interface SourcePosition {
  readonly source: string;
  readonly shard: number;
  readonly epoch: number;
  readonly offset: number;
  readonly nextOffset: number;
}

export type Applied =
  | { readonly status: "fenced" }
  | {
      readonly status: "applied";
      /** One per segment, in the order given. */
      readonly outcomes: readonly AppendOutcome[];
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

const outcomeByLetter: Readonly<Record<string, AppendOutcome>> = {
  A: { status: "applied" },
  R: { status: "applied" },
  N: { status: "run_not_found" },
  D: { status: "run_deleted" },
};

/**
 * Stores segments for runs that exist and are active, and skips requests seen lately: the one write of metric
 * points, in one round trip. On a pool it is a transaction of its own, on a client part of the open one.
 * With a position it is "fenced", and nothing is applied, when another owner has moved the source on.
 */
export async function applySegments(
  client: StatementRunner,
  segments: readonly IncomingSegment[],
  position?: SourcePosition,
): Promise<Applied> {
  // Sorted by shard, so that two writers never wait for each other crosswise; sort() is stable.
  const order = segments.map((_, i) => i).sort((a, b) => shardAt(segments, a) - shardAt(segments, b));
  const sorted = order.map((i) => segments[i] as IncomingSegment);
  const { rows } = await client.query({
    name: "tracking.apply_segments",
    text: "SELECT outcomes, experiment_ids, unfolded_bytes FROM tracking.apply_segments($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    values: [
      position?.source ?? null,
      position?.shard ?? null,
      position?.epoch ?? null,
      position?.offset ?? null,
      position?.nextOffset ?? null,
      sorted.map((segment) => segment.shard),
      sorted.map((segment) => segment.runId),
      sorted.map((segment) => segment.workspace),
      sorted.map((segment) => segment.digest),
      sorted.map((segment) => segment.points),
      sorted.map((segment) => segment.body.length),
      Buffer.concat(sorted.map((segment) => segment.body)),
    ],
  });
  const row = rows[0] as {
    outcomes: string | null;
    experiment_ids: (string | null)[] | null;
    unfolded_bytes: string[] | null;
  };
  if (row.outcomes === null) return { status: "fenced" };
  const outcomes = new Array<AppendOutcome>(segments.length);
  order.forEach((place, i) => {
    outcomes[place] = outcomeByLetter[row.outcomes?.[i] ?? ""] as AppendOutcome;
  });
  const shards = [...new Set(sorted.map((segment) => segment.shard))];
  const unfoldedBytes = new Map(shards.map((shard, i) => [shard, Number(row.unfolded_bytes?.[i] ?? 0)]));
  const changes = sorted.flatMap(({ workspace, runId }, i): WorkspaceChange[] =>
    row.outcomes?.[i] === "A"
      ? [{ workspace, change: { kind: "metrics", experimentId: String(row.experiment_ids?.[i]), runId } }]
      : [],
  );
  return { status: "applied", outcomes, changes, unfoldedBytes };
}

function shardAt(segments: readonly IncomingSegment[], place: number): number {
  return (segments[place] as IncomingSegment).shard;
}
