import { DomainError } from "@runweir/errors";
import { type Chunk, decodeChunk, decodeSegment, type Segment, shardOf } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import type { ChunkPlace, PointSource, RunIdentity, SegmentPlace } from "@runweir/snapshot-domain";

interface PlaceRow {
  readonly experiment_id: number;
  readonly run_id: string;
  readonly run_no: number;
  readonly shard: number;
  readonly key_from: number | null;
  readonly key_to: number | null;
  /** Chunk id, or number of a segment. */
  readonly id: number;
  readonly points: number;
}

const chunkColumns = "c.shard, c.run_no, c.key_from, c.key_to, c.chunk_id AS id, c.points";
const segmentColumns = "s.shard, s.run_no, NULL::int AS key_from, NULL::int AS key_to, s.seq AS id, s.points";

const everything = `SELECT ${chunkColumns} FROM tracking.metric_chunk c
  UNION ALL SELECT ${segmentColumns} FROM tracking.metric_segment s`;

/** What was recorded or came behind the position ($2, by shard), and all there is of some runs ($3 shards, $4 numbers). */
const since = `SELECT ${chunkColumns} FROM snapshot.new_chunk n
    JOIN tracking.metric_chunk c USING (shard, run_no, key_from, key_to, chunk_id)
  UNION
  SELECT ${segmentColumns} FROM unnest($2::bigint[]) WITH ORDINALITY AS p (seq, place)
    JOIN tracking.metric_segment s ON s.shard = p.place - 1 AND s.seq > p.seq
  UNION
  SELECT ${chunkColumns} FROM unnest($3::int[], $4::bigint[]) AS w (shard, run_no)
    JOIN tracking.metric_chunk c USING (shard, run_no)
  UNION
  SELECT ${segmentColumns} FROM unnest($3::int[], $4::bigint[]) AS w (shard, run_no)
    JOIN tracking.metric_segment s USING (shard, run_no)`;

/** Where points lie that may be new, by experiment and run. */
export async function findPoints(
  client: Queryable,
  workspace: string,
  wanted: { readonly after: readonly number[]; readonly wholeRuns: readonly number[] } | "all",
): Promise<readonly PointSource[]> {
  const values: unknown[] = [workspace];
  if (wanted !== "all") {
    const { rows } = await client.query<{ run_no: number; run_id: string }>(
      "SELECT run_no, run_id FROM tracking.run WHERE run_no = ANY ($1::bigint[])",
      [wanted.wholeRuns],
    );
    values.push(
      wanted.after,
      rows.map((row) => shardOf(row.run_id)),
      rows.map((row) => row.run_no),
    );
  }
  const { rows } = await client.query<PlaceRow>(
    `SELECT r.experiment_id, r.run_id, c.* FROM (${wanted === "all" ? everything : since}) c
     JOIN tracking.run r USING (run_no)
     WHERE r.workspace = $1 AND r.lifecycle_stage = 'active'
     ORDER BY r.experiment_id, r.run_no, c.key_from, c.id`,
    values,
  );
  return [...Map.groupBy(rows, (row) => row.run_no).values()].map(toSource);
}

function toSource(rows: readonly PlaceRow[]): PointSource {
  const [first] = rows as [PlaceRow];
  const run: RunIdentity = {
    runNo: first.run_no,
    runId: first.run_id,
    experimentId: first.experiment_id,
  };
  const chunks: ChunkPlace[] = [];
  const segments: SegmentPlace[] = [];
  let points = 0;
  for (const { shard, run_no: runNo, key_from: keyFrom, key_to: keyTo, id, points: count } of rows) {
    points += count;
    if (keyFrom === null || keyTo === null) segments.push({ shard, runNo, seq: id });
    else chunks.push({ shard, runNo, keyFrom, keyTo, chunkId: id });
  }
  return { ...run, chunks, segments, points };
}

export async function readChunks(
  client: Queryable,
  places: readonly ChunkPlace[],
): Promise<readonly { readonly runNo: number; readonly chunk: Chunk }[]> {
  const { rows } = await client.query<{ run_no: number; chunk_id: number; body: Buffer }>(
    `SELECT c.run_no, c.chunk_id, c.body
     FROM unnest($1::int[], $2::bigint[], $3::int[], $4::int[], $5::bigint[]) AS w (shard, run_no, key_from, key_to, chunk_id)
     CROSS JOIN LATERAL (
       SELECT c.* FROM tracking.metric_chunk c
       WHERE c.shard = w.shard AND c.run_no = w.run_no AND c.key_from = w.key_from AND c.key_to = w.key_to
         AND c.chunk_id = w.chunk_id
       OFFSET 0
     ) c`,
    [
      places.map((place) => place.shard),
      places.map((place) => place.runNo),
      places.map((place) => place.keyFrom),
      places.map((place) => place.keyTo),
      places.map((place) => place.chunkId),
    ],
  );
  return rows.map((row) => ({ runNo: row.run_no, chunk: decodeStored(row.chunk_id, row.body) }));
}

function decodeStored(chunkId: number, body: Buffer): Chunk {
  try {
    return decodeChunk(body);
  } catch (cause) {
    throw new DomainError(
      "internal",
      `Stored metric chunk ${chunkId} is damaged. Restore it from a backup.`,
      { cause },
    );
  }
}

/** Damaged segments are left out, as they are by every reader: folding sets them aside and keeps the reason. */
export async function readSegments(
  client: Queryable,
  places: readonly SegmentPlace[],
): Promise<readonly { readonly runNo: number; readonly segment: Segment }[]> {
  const { rows } = await client.query<{ run_no: number; body: Buffer }>(
    `SELECT s.run_no, s.body FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS w (shard, run_no, seq)
     JOIN tracking.metric_segment s USING (shard, run_no, seq)`,
    [
      places.map((place) => place.shard),
      places.map((place) => place.runNo),
      places.map((place) => place.seq),
    ],
  );
  return rows.flatMap((row) => {
    try {
      return [{ runNo: row.run_no, segment: decodeSegment(row.body) }];
    } catch {
      return [];
    }
  });
}

export async function readKeys(
  client: Queryable,
  keyIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ key_id: number; key: string }>(
    "SELECT key_id, key FROM tracking.metric_key WHERE key_id = ANY ($1::int[])",
    [keyIds],
  );
  return new Map(rows.map((row) => [row.key_id, row.key]));
}
