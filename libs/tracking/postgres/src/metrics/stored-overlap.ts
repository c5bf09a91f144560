import {
  type ChunkCache,
  type SeriesPoints,
  type SeriesStretch,
  seriesInChunk,
  seriesName,
  unitePoints,
} from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { type ChunkRow, chunkColumns, loadChunks } from "./chunk-rows.ts";

/**
 * The merged points of these series in (at least) these step ranges, by series name. The caller's transaction keeps
 * chunks from being merged away: it holds the shard's fold position, or reads one snapshot.
 */
export async function loadStoredOverlap(
  client: Queryable,
  cache: ChunkCache,
  requests: readonly (SeriesStretch & { readonly shard: number })[],
): Promise<ReadonlyMap<string, SeriesPoints>> {
  if (requests.length === 0) return new Map();
  const { rows } = await client.query<ChunkRow & { shard: number; asked: number }>({
    name: "tracking.chunks_in_steps",
    text: `SELECT w.asked::int AS asked, w.shard, c.*
           FROM unnest($1::int[], $2::bigint[], $3::int[], $4::bigint[], $5::bigint[]) WITH ORDINALITY
             AS w (shard, run_no, key_id, step_from, step_to, asked)
           CROSS JOIN LATERAL (
             SELECT ${chunkColumns} FROM tracking.metric_chunk c
             WHERE c.shard = w.shard AND c.run_no = w.run_no AND c.key_from <= w.key_id AND c.key_to >= w.key_id
               AND c.step_from <= w.step_to AND c.step_to >= w.step_from
             OFFSET 0
           ) c`,
    values: [
      requests.map((one) => one.shard),
      requests.map((one) => one.runNo),
      requests.map((one) => one.keyId),
      requests.map((one) => one.stepFrom),
      requests.map((one) => one.stepTo),
    ],
  });
  const distinct = [...new Map(rows.map((row) => [row.chunk_id, row])).values()];
  const chunks = await loadChunks(client, cache, distinct);
  const parts = requests.map((): SeriesPoints[] => []);
  for (const row of rows) {
    const request = requests[row.asked - 1] as SeriesStretch;
    const chunk = chunks.get(row.chunk_id);
    const points = chunk && seriesInChunk(chunk, request.keyId);
    if (points) (parts[row.asked - 1] as SeriesPoints[]).push(points);
  }
  return new Map(
    requests.map((request, i) => [seriesName(request), unitePoints(parts[i] as SeriesPoints[])]),
  );
}
