import { type Chunk, chooseMerge, mergeChunks, settledTier } from "@runweir/ingest-domain";
import { type ChunkRow, chunkColumns, insertChunks, loadChunks } from "./chunk-rows.ts";
import type { MetricContext } from "./metric-context.ts";

export interface RunOfShard {
  readonly shard: number;
  readonly runNo: number;
}

/** Runs with enough unsettled chunks for a merge: of these runs, or of all. */
export async function findUnmerged(
  context: MetricContext,
  among?: { readonly shard: number; readonly runNos: readonly number[] },
): Promise<readonly RunOfShard[]> {
  const rows = await context.database.query<{ shard: number; run_no: number }>(
    `SELECT shard, run_no FROM tracking.metric_chunk
     WHERE tier < ${settledTier} AND ($1::int IS NULL OR shard = $1) AND ($2::bigint[] IS NULL OR run_no = ANY($2))
     GROUP BY shard, run_no HAVING count(*) >= $3`,
    [among?.shard ?? null, among?.runNos ?? null, context.mergeFanout],
  );
  return rows.map((row) => ({ shard: row.shard, runNo: row.run_no }));
}

/**
 * Merges chunks of one run once, in one transaction, and says whether there was anything to merge. Readers see either
 * the old chunks or the new ones; a failure leaves the old ones.
 */
export async function compactRun(context: MetricContext, { shard, runNo }: RunOfShard): Promise<boolean> {
  return context.database.transaction(async (client) => {
    await client.query("SET LOCAL synchronous_commit = off");
    // Folding compares new points with chunks; holding its position keeps the two apart.
    await client.query("SELECT FROM tracking.fold_position WHERE shard = $1 FOR UPDATE", [shard]);
    const { rows } = await client.query<ChunkRow>(
      `SELECT ${chunkColumns} FROM tracking.metric_chunk
       WHERE shard = $1 AND run_no = $2 AND tier < ${settledTier}`,
      [shard, runNo],
    );
    const merge = chooseMerge(rows.map(extentOf), context.mergeFanout);
    if (!merge) return false;
    const chunks = await loadChunks(
      client,
      context.cache,
      merge.map(({ row }) => ({ ...row, shard })),
    );
    const merged = mergeChunks(
      merge.map(({ chunkId, tier }) => ({ tier, chunk: chunks.get(chunkId) as Chunk })),
      context.chunkPoints,
    );
    await insertChunks(
      client,
      shard,
      merged.map((chunk) => ({ runNo, ...chunk })),
    );
    await client.query(
      `DELETE FROM tracking.metric_chunk c USING unnest($3::int[], $4::int[], $5::bigint[]) AS m (key_from, key_to, chunk_id)
       WHERE c.shard = $1 AND c.run_no = $2 AND c.key_from = m.key_from AND c.key_to = m.key_to
         AND c.chunk_id = m.chunk_id`,
      [
        shard,
        runNo,
        merge.map((one) => one.keyFrom),
        merge.map((one) => one.keyTo),
        merge.map((one) => one.chunkId),
      ],
    );
    return true;
  });
}

function extentOf(row: ChunkRow) {
  const { chunk_id: chunkId, key_from: keyFrom, key_to: keyTo, tier, points } = row;
  return { chunkId, keyFrom, keyTo, tier, points, row };
}
