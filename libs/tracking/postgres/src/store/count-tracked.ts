import type { Queryable } from "@runweir/postgres";

/** How much there is, of all workspaces; the experiment that every installation begins with is none. */
export async function countTracked(
  client: Queryable,
): Promise<{ readonly experiments: number; readonly runs: number }> {
  const { rows } = await client.query<{ experiments: number; runs: number }>(
    `SELECT (SELECT count(*)::int FROM tracking.experiment WHERE experiment_id <> 0) AS experiments,
       (SELECT count(*)::int FROM tracking.run) AS runs`,
  );
  return rows[0] ?? { experiments: 0, runs: 0 };
}
