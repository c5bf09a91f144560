import { type Chunk, noPoints, type SeriesPoints, unitePoints } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import type { ChunkCache } from "./chunk-cache.ts";
import { type ChunkRow, loadChunks, seriesInChunk } from "./chunk-rows.ts";
import { listSeries } from "./list-series.ts";

export interface LoadedRun {
  readonly runId: string;
  /** The point set of each metric asked for; empty where the run has none. */
  readonly series: ReadonlyMap<string, SeriesPoints>;
}

/** The whole series (or at least all points of the step window) of these runs. Throws ChunkGone, see readSnapshot. */
export async function loadSeries(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  runIds: readonly string[],
  keys: readonly string[],
  steps: { readonly from?: number | undefined; readonly to?: number | undefined } = {},
): Promise<readonly LoadedRun[]> {
  const listing = await listSeries(client, runIds, keys, steps);
  const chunks = await loadChunks(
    client,
    cache,
    listing.runs.flatMap((run) => run.chunks),
  );
  return listing.runs.map((run) => {
    const series = new Map<string, SeriesPoints>();
    for (const key of keys) {
      const keyId = listing.keyIds.get(key);
      const stored = keyId === undefined ? noPoints : uniteChunks(cache, keyId, run.chunks, chunks);
      const pending = run.pending.get(key);
      series.set(key, pending ? unitePoints([pending, stored]) : stored);
    }
    return { runId: run.runId, series };
  });
}

function uniteChunks(
  cache: ChunkCache,
  keyId: number,
  rows: readonly ChunkRow[],
  chunks: ReadonlyMap<number, Chunk>,
): SeriesPoints {
  const parts = rows.flatMap((row) => {
    const chunk = chunks.get(row.chunk_id);
    const points = chunk && seriesInChunk(chunk, keyId);
    return points ? [{ id: row.chunk_id, points }] : [];
  });
  const [only] = parts;
  if (!only) return noPoints;
  if (parts.length === 1) return only.points;
  return cache.series(
    keyId,
    parts.map((part) => part.id),
    () => unitePoints(parts.map((part) => part.points)),
  );
}
