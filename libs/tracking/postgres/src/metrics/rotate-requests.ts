import type { Database } from "@runweir/postgres";

/**
 * Empties the older generation of request digests and makes it the current one, when the current one has been filled for
 * `seconds`. So a repeated request is recognised for at least that long, and for twice as long at most.
 */
export async function rotateRequests(database: Database, seconds: number): Promise<void> {
  await database.transaction(async (client) => {
    const { rows } = await client.query<{ generation: number }>(
      `SELECT generation FROM tracking.metric_request_generation
       WHERE since < now() - make_interval(secs => $1) FOR UPDATE SKIP LOCKED`,
      [seconds],
    );
    if (rows.length === 0) return;
    const next = rows[0]?.generation === 0 ? 1 : 0;
    // Writers look into both generations; rather than make them queue behind a long one, try again another time.
    await client.query("SET LOCAL lock_timeout = '200ms'");
    await client.query(`TRUNCATE tracking.metric_request_${next}`);
    await client.query("UPDATE tracking.metric_request_generation SET generation = $1, since = now()", [
      next,
    ]);
  });
}
