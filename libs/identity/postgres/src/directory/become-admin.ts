import type { Queryable } from "@runweir/postgres";

/** Makes a user admin of every workspace that has none. */
export async function becomeAdmin(client: Queryable, userId: string, now: number): Promise<void> {
  await client.query(
    `INSERT INTO identity.workspace_member (workspace, member_kind, member_id, role, creation_time)
     SELECT name, 'user', $1, 'admin', $2 FROM identity.workspace w
     WHERE deleted_time IS NULL AND NOT EXISTS (
       SELECT FROM identity.workspace_member m WHERE m.workspace = w.name AND m.role = 'admin')
     ON CONFLICT DO NOTHING`,
    [userId, now],
  );
}
