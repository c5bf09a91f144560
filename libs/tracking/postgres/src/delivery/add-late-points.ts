import type { Queryable } from "@runweir/postgres";

/** Adds late points to the deliveries of runs of one shard. */
export async function addLatePoints(
  client: Queryable,
  shard: number,
  lateByRun: ReadonlyMap<number, number>,
): Promise<void> {
  if (lateByRun.size === 0) return;
  // Writers change deliveries under this lock; without it two of us could wait for each other's runs.
  await client.query("SELECT FROM tracking.metric_shard WHERE shard = $1 FOR NO KEY UPDATE", [shard]);
  await client.query(
    `UPDATE tracking.run_delivery d SET late_points = d.late_points + l.points
     FROM unnest($1::bigint[], $2::bigint[]) AS l (run_no, points) WHERE d.run_no = l.run_no`,
    [[...lateByRun.keys()], [...lateByRun.values()]],
  );
}
