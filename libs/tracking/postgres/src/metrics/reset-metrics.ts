import type { Queryable } from "@runweir/postgres";

/**
 * Forgets all metric points, in the caller's transaction. Metric names keep their numbers, which running processes
 * remember.
 */
export async function resetMetrics(client: Queryable): Promise<void> {
  await client.query(`TRUNCATE tracking.metric_segment, tracking.metric_chunk, tracking.metric_series,
    tracking.metric_request, tracking.metric_quarantine`);
  await client.query("UPDATE tracking.metric_shard SET written_bytes = 0");
  await client.query(`UPDATE tracking.fold_position f SET folded_bytes = 0, folded_seq = s.last_seq
    FROM tracking.metric_shard s WHERE s.shard = f.shard`);
}
