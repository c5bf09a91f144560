import { DomainError } from "@runweir/errors";
import type { Queryable } from "@runweir/postgres";

/** Workspaces with an admin who can sign in: themselves, or by a group. Service accounts do not count: nobody can sign in as one. */
const administered = `SELECT DISTINCT m.workspace
  FROM identity.workspace_member m JOIN identity.workspace w ON w.name = m.workspace
  WHERE m.role = 'admin' AND w.deleted_time IS NULL AND (
    (m.member_kind = 'user' AND EXISTS (
      SELECT FROM identity."user" u WHERE u.id = m.member_id AND NOT u.is_disabled))
    OR (m.member_kind = 'group' AND EXISTS (
      SELECT FROM identity.group_member g JOIN identity."user" u ON u.id = g.member_id
      WHERE g.group_id = m.member_id AND g.member_kind = 'user' AND NOT u.is_disabled)))`;

/**
 * Does what may take admins away, and fails with `failed_precondition` if a workspace had one and has none then. One at a
 * time on the whole server, so that two admins who remove each other do not both succeed.
 */
export async function keepAdmins<T>(transaction: Queryable, work: () => Promise<T>): Promise<T> {
  await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('identity.admins', 0))");
  const before = await transaction.query<{ workspace: string }>(administered);
  const result = await work();
  const after = await transaction.query<{ workspace: string }>(administered);
  const kept = new Set(after.rows.map(({ workspace }) => workspace));
  const lost = before.rows.find(({ workspace }) => !kept.has(workspace));
  if (lost === undefined) return result;
  throw new DomainError(
    "failed_precondition",
    `Workspace '${lost.workspace}' would be left without an admin who can sign in. Make somebody else its admin first.`,
    { reason: "last_admin" },
  );
}
