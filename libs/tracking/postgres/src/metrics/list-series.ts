import { decodePending, gatherSeries, type SeriesPoints, shardOf } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { type ChunkRow, chunkColumns } from "./chunk-rows.ts";

/** Where the points of some series of one run are, as of one moment. */
export interface RunListing {
  readonly runId: string;
  readonly shard: number;
  /** Chunks that may hold points of the keys asked for. */
  readonly chunks: readonly (ChunkRow & { readonly shard: number })[];
  /** Points not yet folded, by metric name; some of them may also be in chunks. */
  readonly pending: ReadonlyMap<string, SeriesPoints>;
}

export interface SeriesListing {
  /** Key ids by metric name; names that no chunk holds may be missing. */
  readonly keyIds: ReadonlyMap<string, number>;
  readonly runs: readonly RunListing[];
}

interface ListedRow extends ChunkRow {
  readonly place: number | null;
  readonly key: string | null;
  readonly body: Buffer | null;
}

/** Keys, unfolded segments and chunks in one statement, so that they belong to one snapshot. */
const statement = `
  WITH asked AS (
    SELECT a.place, a.shard, r.run_no FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS a (run_id, shard, place)
    JOIN tracking.run r ON r.run_id = a.run_id
  ), wanted AS MATERIALIZED (
    SELECT key_id, key FROM tracking.metric_key WHERE key = ANY($3::text[])
  )
  SELECT NULL::bigint AS place, key, NULL::bytea AS body, NULL::bigint AS run_no, key_id AS key_from,
    NULL::int AS key_to, NULL::bigint AS chunk_id, NULL::int AS tier, NULL::int AS points, NULL::bigint AS step_from,
    NULL::bigint AS step_to, NULL::bigint AS timestamp_from, NULL::bigint AS timestamp_to
  FROM wanted
  UNION ALL
  SELECT a.place, NULL, g.body, a.run_no, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM asked a JOIN tracking.fold_position f ON f.shard = a.shard
  CROSS JOIN LATERAL (
    SELECT g.body FROM tracking.metric_segment g
    WHERE g.shard = a.shard AND g.run_no = a.run_no AND g.seq > f.folded_seq
    OFFSET 0
  ) g
  UNION ALL
  SELECT a.place, NULL, NULL, c.*
  FROM asked a
  CROSS JOIN LATERAL (
    SELECT ${chunkColumns} FROM tracking.metric_chunk c
    WHERE c.shard = a.shard AND c.run_no = a.run_no
      AND c.step_to >= coalesce($4::bigint, c.step_to) AND c.step_from <= coalesce($5::bigint, c.step_from)
      AND EXISTS (SELECT FROM wanted w WHERE w.key_id BETWEEN c.key_from AND c.key_to)
    OFFSET 0
  ) c`;

/** Lists series of these runs; `steps` leaves out chunks that lie wholly outside. Unknown runs have nothing. */
export async function listSeries(
  client: Pick<Queryable, "query">,
  runIds: readonly string[],
  keys: readonly string[],
  steps: { readonly from?: number | undefined; readonly to?: number | undefined } = {},
): Promise<SeriesListing> {
  const shards = runIds.map(shardOf);
  const { rows } = await client.query<ListedRow>({
    name: "tracking.list_series",
    text: statement,
    values: [runIds, shards, keys, steps.from ?? null, steps.to ?? null],
  });
  const keyIds = new Map<string, number>();
  const chunks = runIds.map((): (ChunkRow & { shard: number })[] => []);
  const segments: { runNo: number; body: Buffer }[] = [];
  for (const { place, key, body, ...chunk } of rows) {
    if (key !== null) keyIds.set(key, chunk.key_from);
    else if (place !== null && body) segments.push({ runNo: place, body });
    else if (place !== null) chunks[place - 1]?.push({ ...chunk, shard: shards[place - 1] as number });
  }
  const pending = gatherSeries(decodePending(segments), new Set(keys));
  const runs = runIds.map((runId, i) => ({
    runId,
    shard: shards[i] as number,
    chunks: chunks[i] ?? [],
    pending: pending.get(i + 1) ?? new Map<string, SeriesPoints>(),
  }));
  return { keyIds, runs };
}
