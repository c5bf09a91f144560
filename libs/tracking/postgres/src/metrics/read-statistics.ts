import {
  type ChunkCache,
  decodePending,
  foldSeries,
  gatherSeries,
  lateSeries,
  type SeriesStatistics,
  type Summary,
  seriesName,
  shardOf,
  stepRange,
} from "@runweir/ingest-domain";
import type { Database, Queryable } from "@runweir/postgres";
import { type SeriesRow, summaryColumns, summaryNulls, summaryOf } from "./series-rows.ts";
import { loadStoredOverlap } from "./stored-overlap.ts";

interface StatisticsRow extends SeriesRow {
  readonly place: number;
  readonly key: string | null;
  readonly body: Buffer | null;
}

/** Folded statistics and unfolded segments in one statement, so that they belong to one snapshot. */
const statement = `
  WITH asked AS (
    SELECT a.place, a.shard, r.run_no FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS a (run_id, shard, place)
    JOIN tracking.run r ON r.run_id = a.run_id
  )
  SELECT a.place, k.key, NULL::bytea AS body, s.* FROM asked a
  CROSS JOIN LATERAL (
    SELECT run_no, key_id, ${summaryColumns} FROM tracking.metric_series s WHERE s.run_no = a.run_no OFFSET 0
  ) s
  JOIN tracking.metric_key k ON k.key_id = s.key_id
  WHERE $3::text[] IS NULL OR k.key = ANY($3)
  UNION ALL
  SELECT a.place, NULL, g.body, a.run_no, NULL, ${summaryNulls}
  FROM asked a JOIN tracking.fold_position f ON f.shard = a.shard
  CROSS JOIN LATERAL (
    SELECT g.body FROM tracking.metric_segment g
    WHERE g.shard = a.shard AND g.run_no = a.run_no AND g.seq > f.folded_seq
    OFFSET 0
  ) g`;

interface KnownSeries {
  readonly runNo: number;
  readonly keyId: number;
  readonly summary: Summary;
}

/** Exact statistics of every series of these runs, by run id; runs without metrics have no entry. */
export async function readStatistics(
  database: Database,
  cache: ChunkCache,
  runIds: readonly string[],
  keys?: readonly string[],
): Promise<ReadonlyMap<string, readonly SeriesStatistics[]>> {
  const distinct = [...new Set(runIds)];
  const answer = await readOnce(database.pool, cache, distinct, keys, false);
  // Late points have to be compared with stored ones, and those must be of the same moment.
  return (
    answer ??
    (await database.transaction(
      (client) => statisticsInSnapshot(client, cache, distinct, keys),
      "repeatable read",
    ))
  );
}

/** The same inside a snapshot of the caller's. */
export async function statisticsInSnapshot(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  runIds: readonly string[],
  keys?: readonly string[],
): Promise<ReadonlyMap<string, readonly SeriesStatistics[]>> {
  return (await readOnce(client, cache, runIds, keys, true)) ?? new Map();
}

async function readOnce(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  runIds: readonly string[],
  keys: readonly string[] | undefined,
  inSnapshot: boolean,
): Promise<Map<string, SeriesStatistics[]> | undefined> {
  const shards = runIds.map(shardOf);
  const { rows } = await client.query<StatisticsRow>({
    name: "tracking.read_statistics",
    text: statement,
    values: [runIds, shards, keys ?? null],
  });
  const known = runIds.map(() => new Map<string, KnownSeries>());
  const segments: { runNo: number; body: Buffer }[] = [];
  for (const row of rows) {
    if (row.body) segments.push({ runNo: row.place, body: row.body });
    else if (row.key !== null)
      known[row.place - 1]?.set(row.key, { runNo: row.run_no, keyId: row.key_id, summary: summaryOf(row) });
  }
  const pending = [...gatherSeries(decodePending(segments), keys && new Set(keys))].flatMap(
    ([place, series]) =>
      [...series].map(([key, points]) => {
        const { runNo = 0, keyId = 0, summary: before } = known[place - 1]?.get(key) ?? {};
        return { place, key, points, runNo, keyId, before };
      }),
  );
  const late = lateSeries(pending);
  if (late.length > 0 && !inSnapshot) return undefined;
  const stored = await loadStoredOverlap(
    client,
    cache,
    late.map(({ place, runNo, keyId, points }) => ({
      shard: shards[place - 1] as number,
      runNo,
      keyId,
      ...stepRange(points),
    })),
  );
  const summaries = known.map((series) => new Map([...series].map(([key, one]) => [key, one.summary])));
  const folded = foldSeries(pending, (one) => (one.before ? stored.get(seriesName(one)) : undefined));
  for (const { place, key, summary } of folded) summaries[place - 1]?.set(key, summary);
  return new Map(
    runIds.flatMap((runId, i) => {
      const series = [...(summaries[i] ?? [])].map(([key, summary]) => ({ key, ...summary }));
      return series.length > 0 ? [[runId, series] as const] : [];
    }),
  );
}
