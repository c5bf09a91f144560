import type { Member, MemberStore, Membership, RoleSource } from "@runweir/identity-domain";
import { type Database, readPage, StatementValues } from "@runweir/postgres";
import { appendAudit } from "../audit/append-audit.ts";
import { byName, holderColumns, holderRows, printContains } from "./holder-rows.ts";
import { keepAdmins } from "./keep-admins.ts";

const columns = `${holderColumns}, m.role, m.creation_time AS "creationTime"`;
const tables = `identity.workspace_member m JOIN ${holderRows} h ON h.kind = m.member_kind AND h.id = m.member_id`;

type Row = Member & Record<string, unknown>;

export function createMemberStore(database: Database): MemberStore {
  return {
    async list(workspace, { search, role, kind, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [`m.workspace = ${values.add(workspace)}`];
      if (role !== undefined) conditions.push(`m.role = ${values.add(role)}`);
      if (kind !== undefined) conditions.push(`m.member_kind = ${values.add(kind)}`);
      if (search) conditions.push(printContains(["h.name", 'h."displayName"'], values.add(search)));
      return readPage<Row>(database, {
        columns,
        tables,
        conditions,
        terms: byName,
        values,
        limit,
        pageToken,
      });
    },

    async find(workspace, { kind, id }) {
      const [row] = await database.query<Row>(
        `SELECT ${columns} FROM ${tables} WHERE m.workspace = $1 AND m.member_kind = $2 AND m.member_id = $3`,
        [workspace, kind, id],
      );
      return row;
    },

    listOf: ({ kind, id }) =>
      database.query<Membership & Record<string, unknown>>(
        `SELECT m.workspace, m.role FROM identity.workspace_member m JOIN identity.workspace w ON w.name = m.workspace
         WHERE m.member_kind = $1 AND m.member_id = $2 AND w.deleted_time IS NULL ORDER BY m.workspace`,
        [kind, id],
      ),

    async set(workspace, { kind, id, role, creationTime }, { caller, event }) {
      await database.transaction(async (transaction) => {
        await keepAdmins(transaction, () =>
          transaction.query(
            `INSERT INTO identity.workspace_member (workspace, member_kind, member_id, role, creation_time)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (workspace, member_kind, member_id) DO UPDATE SET role = EXCLUDED.role`,
            [workspace, kind, id, role, creationTime],
          ),
        );
        await appendAudit(transaction, caller, event);
      });
    },

    async remove(workspace, { kind, id }, { caller, event }) {
      await database.transaction(async (transaction) => {
        await keepAdmins(transaction, () =>
          transaction.query(
            "DELETE FROM identity.workspace_member WHERE workspace = $1 AND member_kind = $2 AND member_id = $3",
            [workspace, kind, id],
          ),
        );
        await appendAudit(transaction, caller, event);
      });
    },

    async rolesOf(workspace, { kind, id }) {
      const rows = await database.query<{
        via: RoleSource["via"];
        group: string | null;
        role: RoleSource["role"];
      }>(
        `SELECT 'member' AS via, NULL AS "group", m.role FROM identity.workspace_member m
         WHERE m.workspace = $1 AND m.member_kind = $2 AND m.member_id = $3
         UNION ALL
         SELECT 'group', g.name, m.role
         FROM identity.group_member gm
           JOIN identity.user_group g USING (group_id)
           JOIN identity.workspace_member m ON m.member_kind = 'group' AND m.member_id = g.group_id
         WHERE gm.member_kind = $2 AND gm.member_id = $3 AND m.workspace = $1
         UNION ALL
         SELECT 'default', NULL, w.default_role FROM identity.workspace w
         WHERE w.name = $1 AND w.default_role IS NOT NULL`,
        [workspace, kind, id],
      );
      return rows.map(({ via, group, role }) =>
        via === "group" ? { via, group: group ?? "", role } : { via, role },
      );
    },
  };
}
