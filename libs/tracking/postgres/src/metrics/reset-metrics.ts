import type { Queryable } from "@runweir/postgres";

/**
 * Forgets all metric points, in the caller's transaction; for tests, where there are few. Metric names keep their
 * numbers, which running processes remember.
 */
export async function resetMetrics(client: Queryable): Promise<void> {
  // In the order in which folding takes them; writing takes shards alone.
  await client.query("SELECT FROM tracking.fold_position ORDER BY shard FOR UPDATE");
  await client.query("SELECT FROM tracking.metric_shard ORDER BY shard FOR UPDATE");
  for (const table of [
    "metric_segment",
    "metric_chunk",
    "metric_series",
    "metric_request",
    "metric_quarantine",
    "run_delivery",
    "run_sender",
    "delivery_certificate",
    "dead_letter",
  ]) {
    await client.query(`DELETE FROM tracking.${table}`);
  }
  await client.query("UPDATE tracking.metric_shard SET written_bytes = 0");
  await client.query(`UPDATE tracking.fold_position f SET folded_bytes = 0, folded_seq = s.last_seq
    FROM tracking.metric_shard s WHERE s.shard = f.shard`);
}
