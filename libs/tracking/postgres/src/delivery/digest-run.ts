import { ChunkCache, type SeriesPoints, seriesInChunk, shardOf, unitePoints } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { createRunDigest, type RunDigest } from "@runweir/tracking-domain";
import { foldRuns } from "../metrics/catch-up.ts";
import { type ChunkRow, chunkColumns, loadChunks } from "../metrics/chunk-rows.ts";
import type { MetricContext } from "../metrics/metric-context.ts";

type StoredChunk = ChunkRow & { readonly shard: number };

interface StoredSeries {
  readonly key_id: number;
  readonly key: string;
}

/** Its own, so that a digest does not drive out what charts have loaded: 12 MB of chunks with many small series. */
const cachedPoints = 1_000_000;

interface DigestedRun {
  readonly points: number;
  readonly digest: string;
}

/**
 * Digests of runs, each made once for all who ask while it is under way: every open page asks when a run ends. One that
 * joins may be told of a moment before it asked, with the number of points of that moment.
 */
export function createDigests(context: MetricContext): (runId: string) => Promise<DigestedRun> {
  const underWay = new Map<string, Promise<DigestedRun>>();
  return (runId) => {
    const digest = underWay.get(runId) ?? digestRun(context, runId).finally(() => underWay.delete(runId));
    underWay.set(runId, digest);
    return digest;
  };
}

/**
 * Folds what is pending of a run, then takes the digest over its chunks in one snapshot, part by part, so that memory
 * stays small however long the run is.
 */
async function digestRun(context: MetricContext, runId: string): Promise<DigestedRun> {
  const shard = shardOf(runId);
  const [run] = await context.database.query<{ run_no: number; last_seq: number }>(
    `SELECT r.run_no, s.last_seq FROM tracking.run r JOIN tracking.metric_shard s ON s.shard = $2 WHERE r.run_id = $1`,
    [runId, shard],
  );
  const digest = createRunDigest();
  if (!run) return { points: 0, digest: digest.finish() };
  await foldRuns(context, { shard, runNos: [run.run_no], upToSeq: run.last_seq });
  await context.database.transaction(
    (client) => addRun(client, digest, shard, run.run_no),
    "repeatable read",
  );
  return { points: digest.points, digest: digest.finish() };
}

async function addRun(client: Queryable, digest: RunDigest, shard: number, runNo: number): Promise<void> {
  const { rows: stored } = await client.query<StoredSeries>(
    `SELECT s.key_id, k.key FROM tracking.metric_series s JOIN tracking.metric_key k USING (key_id)
     WHERE s.run_no = $1 ORDER BY s.key_id`,
    [runNo],
  );
  const { rows: chunks } = await client.query<StoredChunk>(
    `SELECT shard, ${chunkColumns} FROM tracking.metric_chunk WHERE shard = $1 AND run_no = $2 ORDER BY key_from`,
    [shard, runNo],
  );
  const cache = new ChunkCache(cachedPoints);
  let open: StoredChunk[] = [];
  let next = 0;
  for (const { key_id, key } of stored) {
    open = open.filter((chunk) => chunk.key_to >= key_id);
    for (; (chunks[next]?.key_from ?? Infinity) <= key_id; next += 1)
      if ((chunks[next] as StoredChunk).key_to >= key_id) open.push(chunks[next] as StoredChunk);
    const series = digest.series(key);
    for (const part of partsByStep(open)) series.add(await unitePart(client, cache, part, key_id));
    series.end();
  }
}

/** Chunks that share steps with one another and with no others, in the order of steps. */
function partsByStep(chunks: readonly StoredChunk[]): readonly (readonly StoredChunk[])[] {
  const parts: StoredChunk[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const chunk of chunks.toSorted((a, b) => a.step_from - b.step_from)) {
    if (chunk.step_from > end) parts.push([chunk]);
    else parts.at(-1)?.push(chunk);
    end = Math.max(end, chunk.step_to);
  }
  return parts;
}

async function unitePart(
  client: Queryable,
  cache: ChunkCache,
  part: readonly StoredChunk[],
  keyId: number,
): Promise<SeriesPoints> {
  const loaded = await loadChunks(client, cache, part);
  return unitePoints([...loaded.values()].flatMap((chunk) => seriesInChunk(chunk, keyId) ?? []));
}
