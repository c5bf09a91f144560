import {
  decodeSegment,
  foldStatistics,
  followsLast,
  type NameMemory,
  type Segment,
  type SeriesPoints,
  subtractPoints,
} from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { addLatePoints, countBehind } from "../delivery/count-late.ts";
import { insertChunks } from "./chunk-rows.ts";
import { cutChunks, type KeyedSeries } from "./cut-chunks.ts";
import { gatherSeries } from "./gather-series.ts";
import type { MetricContext } from "./metric-context.ts";
import { loadSummaries, type SeriesSummary, seriesName, storeSummaries } from "./series-rows.ts";
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
        : decodeRows(rows, context.names);
    for (const { row, reason } of bad) await quarantine(client, request.shard, row, reason);
    const keyIds = await foldSegments(context, client, request.shard, position.server, good);
    await dropSegments(client, request, rows, position);
    // Last, since it locks writers of the shard out.
    await addLatePoints(client, request.shard, keyIds.lateByRun);
    return { rows, keyIds, server: position.server };
  });
  context.keys.remember(outcome.keyIds.ids, outcome.server);
  const { rows } = outcome;
  return {
    segments: rows.length,
    points: outcome.keyIds.points,
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

function decodeRows(rows: readonly SegmentRow[], names: NameMemory) {
  const good: { runNo: number; segment: Segment }[] = [];
  const bad: { row: SegmentRow; reason: string }[] = [];
  for (const row of rows) {
    try {
      good.push({ runNo: row.run_no, segment: decodeSegment(row.body, names) });
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

async function foldSegments(
  context: MetricContext,
  client: Queryable,
  shard: number,
  server: string,
  segments: readonly { readonly runNo: number; readonly segment: Segment }[],
): Promise<{ ids: ReadonlyMap<string, number>; lateByRun: ReadonlyMap<number, number>; points: number }> {
  const gathered = gatherSeries(segments);
  const names = new Set([...gathered.values()].flatMap((run) => [...run.keys()]));
  if (names.size === 0) return { ids: new Map(), lateByRun: new Map(), points: 0 };
  const ids = await context.keys.resolve(client, names, server);
  const series = [...gathered].flatMap(([runNo, run]) =>
    [...run].map(([key, points]) => ({ runNo, keyId: ids.get(key) as number, points })),
  );
  const before = await loadSummaries(client, series);
  const late = series.filter((one) => !followsLast(before.get(seriesName(one.runNo, one.keyId)), one.points));
  const stored = await loadStoredOverlap(
    client,
    context.cache,
    late.map(({ runNo, keyId, points }) => ({ shard, runNo, keyId, ...stepRange(points) })),
  );
  const lateByRun = new Map<number, number>();
  const fresh = series
    .map((one) => {
      const name = seriesName(one.runNo, one.keyId);
      const known = stored.get(name);
      if (!known) return one;
      const points = subtractPoints(one.points, known);
      const behind = countBehind(before.get(name), points);
      if (behind > 0) lateByRun.set(one.runNo, (lateByRun.get(one.runNo) ?? 0) + behind);
      return { ...one, points };
    })
    .filter((one) => one.points.values.length > 0);
  await storeSummaries(
    client,
    fresh.map(
      ({ runNo, keyId, points }): SeriesSummary => ({
        runNo,
        keyId,
        summary: foldStatistics(before.get(seriesName(runNo, keyId)), points),
      }),
    ),
  );
  await insertChunks(client, shard, chunksOf(fresh, context.chunkPoints));
  return { ids, lateByRun, points: fresh.reduce((total, one) => total + one.points.values.length, 0) };
}

function chunksOf(series: readonly (KeyedSeries & { readonly runNo: number })[], chunkPoints: number) {
  const byRun = Map.groupBy(series, (one) => one.runNo);
  return [...byRun].flatMap(([runNo, ofRun]) =>
    cutChunks(
      ofRun.sort((a, b) => a.keyId - b.keyId),
      0,
      chunkPoints,
    ).map((chunk) => ({ runNo, ...chunk })),
  );
}

function stepRange(points: SeriesPoints): { stepFrom: number; stepTo: number } {
  return { stepFrom: points.steps[0] as number, stepTo: points.steps.at(-1) as number };
}

async function dropSegments(
  client: Queryable,
  request: FoldRequest,
  rows: readonly SegmentRow[],
  position: Position,
): Promise<void> {
  const bytes = rows.reduce((total, row) => total + row.body.length, 0);
  // In the order of numbers everything up to the last row is done; with no row left, everything up to the shard's end.
  // Segments become visible in that order, so none can still appear below.
  const inOrder = request.runNos === undefined && request.upToSeq === undefined;
  const done = inOrder ? (rows.at(-1)?.seq ?? position.last_seq) : 0;
  if (rows.length > 0) {
    await client.query("DELETE FROM tracking.metric_segment WHERE shard = $1 AND seq = ANY($2)", [
      request.shard,
      rows.map((row) => row.seq),
    ]);
  }
  if (rows.length === 0 && done <= position.folded_seq) return;
  await client.query(
    `UPDATE tracking.fold_position SET folded_seq = greatest(folded_seq, $2), folded_bytes = folded_bytes + $3
     WHERE shard = $1`,
    [request.shard, done, bytes],
  );
}
