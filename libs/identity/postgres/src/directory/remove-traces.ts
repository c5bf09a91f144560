import type { HolderId } from "@runweir/identity-domain";
import type { Queryable } from "@runweir/postgres";

/** Takes away every role, group and grant of somebody who is about to be no more. */
export async function removeTraces(transaction: Queryable, { kind, id }: HolderId): Promise<void> {
  await transaction.query("DELETE FROM identity.workspace_member WHERE member_kind = $1 AND member_id = $2", [
    kind,
    id,
  ]);
  await transaction.query("DELETE FROM identity.access_grant WHERE holder_kind = $1 AND holder_id = $2", [
    kind,
    id,
  ]);
  if (kind !== "group")
    await transaction.query("DELETE FROM identity.group_member WHERE member_kind = $1 AND member_id = $2", [
      kind,
      id,
    ]);
}
