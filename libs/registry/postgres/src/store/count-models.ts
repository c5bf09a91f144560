import type { Queryable } from "@runweir/postgres";

/** How many registered models there are, of all workspaces. */
export async function countModels(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM registry.model WHERE deleted_time IS NULL",
  );
  return rows[0]?.count ?? 0;
}
