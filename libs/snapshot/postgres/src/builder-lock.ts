import type { Queryable } from "@runweir/postgres";

/** Whether the transaction may build, or clear up: one at a time per workspace, until it ends. */
export async function lockWorkspace(client: Queryable, workspace: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtextextended('runweir snapshot ' || $1, 0)) AS locked",
    [workspace],
  );
  return rows[0]?.locked === true;
}
