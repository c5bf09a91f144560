import type { Queryable } from "@runweir/postgres";

/** Forgets everything of the slice, in the caller's transaction; for tests. */
export async function resetRegistry(client: Queryable): Promise<void> {
  await client.query("DELETE FROM registry.model");
  for (const table of ["change", "bulk_job", "stage"]) await client.query(`DELETE FROM registry.${table}`);
}
