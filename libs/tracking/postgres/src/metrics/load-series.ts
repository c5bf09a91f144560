import { type ChunkCache, type SeriesPoints, uniteChunks } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { loadChunks } from "./chunk-rows.ts";
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
    const parts = run.chunks.flatMap((row) => {
      const chunk = chunks.get(row.chunk_id);
      return chunk ? [{ id: row.chunk_id, chunk }] : [];
    });
    const series = keys.map(
      (key) => [key, uniteChunks(cache, listing.keyIds.get(key), parts, run.pending.get(key))] as const,
    );
    return { runId: run.runId, series: new Map(series) };
  });
}
