import {
  ColumnMemory,
  decodeSegment,
  type Floats,
  type FoldSource,
  foldedUpTo,
  foldSegments,
  type NameMemory,
  type Segment,
} from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { addLatePoints } from "../delivery/add-late-points.ts";
import { insertChunks } from "./chunk-rows.ts";
import type { MetricContext } from "./metric-context.ts";
import { loadSummaries, storeSummaries } from "./series-rows.ts";
import { loadStoredOverlap } from "./stored-overlap.ts";

export interface FoldRequest {
  readonly shard: number;
  /** Only the segments of these runs; without it, all in the order of their numbers. */
  readonly runNos?: readonly number[] | undefined;
  readonly upToSeq?: number | undefined;
}

export interface FoldResult {
  readonly segments: number;
  readonly points: number;
  readonly runNos: readonly number[];
  /** Whether segments may be left that were asked for. */
  readonly more: boolean;
}

const segmentsPerFold = 2_000;

interface SegmentRow {
  readonly run_no: number;
  readonly seq: number;
  readonly body: Buffer;
}

/**
 * Moves segments into chunks and statistics, in one transaction: points seen before are left out, statistics follow,
 * the segments go. A failure changes nothing, and repeating it later does the same work once. A segment that Postgres
 * refuses is found by halving and set aside, so that it does not stop the others.
 */
export async function foldShard(context: MetricContext, request: FoldRequest): Promise<FoldResult> {
  for (let limit = segmentsPerFold; ; ) {
    let taken: readonly SegmentRow[] = [];
    const onTaken = (rows: readonly SegmentRow[]) => {
      taken = rows;
    };
    try {
      return await foldOnce(context, request, { limit, onTaken });
    } catch (error) {
      const [first] = taken;
      if (!isRefusedData(error) || first === undefined) throw error;
      if (taken.length === 1) {
        const refused = { seq: first.seq, reason: error.message };
        return foldOnce(context, request, { limit: 1, refused, onTaken });
      }
      limit = taken.length >> 1;
    }
  }
}

/** Data that no column or index can hold; what passes, and faults of our own, are no reason to set anything aside. */
function isRefusedData(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^(22|23|54)[0-9A-Z]{3}$/.test(String(error.code));
}

async function foldOnce(
  context: MetricContext,
  request: FoldRequest,
  part: {
    readonly limit: number;
    /** The segment that is set aside unseen. Another process may have been quicker; then what comes next is innocent. */
    readonly refused?: { readonly seq: number; readonly reason: string };
    onTaken(rows: readonly SegmentRow[]): void;
  },
): Promise<FoldResult> {
  const memory = new ColumnMemory();
  const outcome = await context.database.transaction(async (client) => {
    // Losing a fold in a crash costs nothing but doing it again: its segments would still be there.
    await client.query("SET LOCAL synchronous_commit = off");
    const position = await lockPosition(client, request);
    const rows = await takeSegments(client, request, {
      after: position.folded_seq,
      limit: part.limit,
      bytes: context.foldBytes,
    });
    part.onTaken(rows);
    const { refused } = part;
    const { good, bad } =
      refused !== undefined && rows.every(({ seq }) => seq === refused.seq)
        ? { good: [], bad: rows.map((row) => ({ row, reason: refused.reason })) }
        : decodeRows(rows, context.names, memory.floats);
    for (const { row, reason } of bad) await quarantine(client, request.shard, row, reason);
    const source = sourceOf(context, client, request.shard, position.server);
    const folded = await foldSegments(good, source, context.chunkPoints, memory.floats);
    await storeSummaries(client, folded.summaries);
    await insertChunks(client, request.shard, folded.chunks);
    await dropSegments(client, request, rows, position);
    // Last, since it locks writers of the shard out.
    await addLatePoints(client, request.shard, folded.lateByRun);
    return { rows, folded, server: position.server };
  });
  const { rows, folded } = outcome;
  // Nothing but counts and ids is read of it from here on. After a failure it is left to be collected.
  memory.release();
  context.keys.remember(folded.keyIds, outcome.server);
  return {
    segments: rows.length,
    points: folded.points,
    runNos: [...new Set(rows.map((row) => row.run_no))],
    more: rows.length > 0,
  };
}

interface Position {
  readonly folded_seq: number;
  readonly last_seq: number;
  /** When the server was started. */
  readonly server: string;
}

async function lockPosition(client: Queryable, request: FoldRequest): Promise<Position> {
  const { rows } = await client.query<Position>(
    `SELECT f.folded_seq, s.last_seq, pg_postmaster_start_time()::text AS server
     FROM tracking.fold_position f JOIN tracking.metric_shard s USING (shard)
     WHERE f.shard = $1 FOR UPDATE OF f`,
    [request.shard],
  );
  return rows[0] as Position;
}

async function takeSegments(
  client: Queryable,
  request: FoldRequest,
  part: { readonly after: number; readonly limit: number; readonly bytes: number },
): Promise<SegmentRow[]> {
  const { rows } = await client.query<SegmentRow>(
    `SELECT run_no, seq, body FROM (
       SELECT run_no, seq, body, sum(octet_length(body)) OVER (ORDER BY seq) - octet_length(body) AS bytes_before
       FROM (
         SELECT run_no, seq, body FROM tracking.metric_segment
         WHERE shard = $1 AND seq > $2 AND ($3::bigint IS NULL OR seq <= $3)
           AND ($4::bigint[] IS NULL OR run_no = ANY($4))
         ORDER BY seq LIMIT $6
       ) next
     ) counted WHERE bytes_before < $5 ORDER BY seq`,
    [request.shard, part.after, request.upToSeq ?? null, request.runNos ?? null, part.bytes, part.limit],
  );
  return rows;
}

function decodeRows(rows: readonly SegmentRow[], names: NameMemory, floats: Floats) {
  const good: { runNo: number; segment: Segment }[] = [];
  const bad: { row: SegmentRow; reason: string }[] = [];
  for (const row of rows) {
    try {
      good.push({ runNo: row.run_no, segment: decodeSegment(row.body, names, floats) });
    } catch (error) {
      bad.push({ row, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { good, bad };
}

async function quarantine(client: Queryable, shard: number, row: SegmentRow, reason: string): Promise<void> {
  await client.query(
    `INSERT INTO tracking.metric_quarantine (shard, run_no, seq, reason, body) VALUES ($1, $2, $3, $4, $5)`,
    [shard, row.run_no, row.seq, reason, row.body],
  );
}

function sourceOf(context: MetricContext, client: Queryable, shard: number, server: string): FoldSource {
  return {
    keyIds: (names) => context.keys.resolve(client, names, server),
    summaries: (series) => loadSummaries(client, series),
    storedPoints: (stretches) =>
      loadStoredOverlap(
        client,
        context.cache,
        stretches.map((one) => ({ shard, ...one })),
      ),
  };
}

async function dropSegments(
  client: Queryable,
  request: FoldRequest,
  rows: readonly SegmentRow[],
  position: Position,
): Promise<void> {
  const bytes = rows.reduce((total, row) => total + row.body.length, 0);
  const done = foldedUpTo({
    inOrder: request.runNos === undefined && request.upToSeq === undefined,
    lastTaken: rows.at(-1)?.seq,
    lastSeq: position.last_seq,
    foldedSeq: position.folded_seq,
  });
  if (rows.length > 0) {
    await client.query("DELETE FROM tracking.metric_segment WHERE shard = $1 AND seq = ANY($2)", [
      request.shard,
      rows.map((row) => row.seq),
    ]);
  }
  if (rows.length === 0 && done === position.folded_seq) return;
  await client.query(
    `UPDATE tracking.fold_position SET folded_seq = $2, folded_bytes = folded_bytes + $3 WHERE shard = $1`,
    [request.shard, done, bytes],
  );
}
