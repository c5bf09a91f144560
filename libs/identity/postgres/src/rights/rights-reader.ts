import type { Grant, GrantHolder, GrantTarget, RightsReader, WorkspaceRole } from "@runweir/identity-domain";
import { workspaceRoles } from "@runweir/identity-domain";
import type { Database } from "@runweir/postgres";

interface GrantRow {
  readonly grantId: string;
  readonly effect: "allow" | "deny";
  readonly level: Grant["level"];
  readonly targetKind: "experiment" | "model" | "alias";
  readonly experimentId: string | null;
  readonly pattern: string | null;
  readonly holderKind: GrantHolder["kind"];
  readonly holderId: string;
  readonly groupName: string | null;
  readonly isOwn: boolean;
}

interface RightsRow {
  readonly protectedAliases: string[];
  readonly defaultRole: WorkspaceRole | null;
  readonly roles: WorkspaceRole[];
  readonly grants: GrantRow[];
}

/** One statement for all that decides about a principal in a workspace: role, grants, protected aliases. */
export function createRightsReader({
  database,
}: {
  readonly database: Pick<Database, "query">;
}): RightsReader {
  return {
    async read({ kind, id }, workspace) {
      const [row] = await database.query<RightsRow>(
        `WITH holder AS (
           SELECT $1 AS kind, $2 AS id, NULL AS name
           UNION ALL
           SELECT 'group', g.group_id, g.name
           FROM identity.group_member m JOIN identity.user_group g USING (group_id)
           WHERE m.member_kind = $1 AND m.member_id = $2
         )
         SELECT w.protected_aliases AS "protectedAliases", w.default_role AS "defaultRole",
           ARRAY(
             SELECT m.role FROM identity.workspace_member m JOIN holder h ON h.kind = m.member_kind AND h.id = m.member_id
             WHERE m.workspace = w.name
           ) AS roles,
           COALESCE((
             SELECT json_agg(json_build_object('grantId', g.grant_id, 'effect', g.effect, 'level', g.level,
               'targetKind', g.target_kind, 'experimentId', g.experiment_id, 'pattern', g.pattern,
               'holderKind', g.holder_kind, 'holderId', g.holder_id, 'groupName', h.name, 'isOwn', g.is_own) ORDER BY g.grant_id)
             FROM identity.access_grant g LEFT JOIN holder h ON h.kind = g.holder_kind AND h.id = g.holder_id
             WHERE g.workspace = w.name AND (h.kind IS NOT NULL OR g.holder_kind = 'everyone')
           ), '[]'::json) AS grants
         FROM identity.workspace w WHERE w.name = $3 AND w.deleted_time IS NULL`,
        [kind, id, workspace],
      );
      if (row === undefined) return undefined;
      const role = highest(row.defaultRole === null ? row.roles : [...row.roles, row.defaultRole]);
      // Everybody's grants are everybody's of the workspace: who does not belong to it gets nothing by them.
      const grants = row.grants.filter((grant) => role !== undefined || grant.holderKind !== "everyone");
      return { role, grants: grants.map(toGrant), protectedAliases: row.protectedAliases };
    },

    async revision() {
      const [row] = await database.query<{ number: number }>("SELECT number FROM identity.revision");
      return row?.number ?? 0;
    },
  };
}

function highest(roles: readonly WorkspaceRole[]): WorkspaceRole | undefined {
  return workspaceRoles.findLast((role) => roles.includes(role));
}

function toGrant(row: GrantRow): Grant {
  const { grantId, effect, level, holderKind, holderId } = row;
  const target: GrantTarget =
    row.targetKind === "experiment" && row.experimentId !== null
      ? { on: "experiment", experimentId: row.experimentId }
      : { on: row.targetKind, pattern: row.pattern ?? "" };
  const holder: GrantHolder =
    holderKind === "everyone"
      ? { kind: "everyone" }
      : { kind: holderKind, id: holderId, name: row.groupName ?? holderId };
  return { grantId, effect, level, target, holder, ...(row.isOwn ? { isOwn: true } : {}) };
}
