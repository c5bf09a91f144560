import type { Group, GroupStore, Holder } from "@runweir/identity-domain";
import { type Database, readPage, StatementValues } from "@runweir/postgres";
import { appendAudit } from "../audit/append-audit.ts";
import { byName, holderColumns, holderRows, printContains } from "./holder-rows.ts";
import { keepAdmins } from "./keep-admins.ts";
import { removeTraces } from "./remove-traces.ts";
import { takeName } from "./take-name.ts";

const columns = `g.group_id AS "groupId", g.name, g.description, g.creation_time AS "creationTime",
  (SELECT count(*) FROM identity.group_member m WHERE m.group_id = g.group_id) AS "memberCount"`;
const order = [
  { name: "name", expression: "g.name", type: "text", ascending: true, nullable: false },
] as const;

type GroupRow = Group & Record<string, unknown>;
type HolderRow = Holder & Record<string, unknown>;

export function createGroupStore(database: Database): GroupStore {
  return {
    list({ search, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [search ? printContains(["g.name", "g.description"], values.add(search)) : "TRUE"];
      return readPage<GroupRow>(database, {
        columns,
        tables: "identity.user_group g",
        conditions,
        terms: order,
        values,
        limit,
        pageToken,
      });
    },

    async find(groupId) {
      const [row] = await database.query<GroupRow>(
        `SELECT ${columns} FROM identity.user_group g WHERE g.group_id = $1`,
        [groupId],
      );
      return row;
    },

    async insert({ groupId, name, description, creationTime }, { caller, event }) {
      await takeName(
        "group",
        name,
        database.transaction(async (transaction) => {
          await transaction.query(
            "INSERT INTO identity.user_group (group_id, name, description, creation_time) VALUES ($1, $2, $3, $4)",
            [groupId, name, description, creationTime],
          );
          await appendAudit(transaction, caller, event);
        }),
      );
    },

    async replace({ groupId, name, description }, { caller, event }) {
      await takeName(
        "group",
        name,
        database.transaction(async (transaction) => {
          await transaction.query(
            "UPDATE identity.user_group SET name = $2, description = $3 WHERE group_id = $1",
            [groupId, name, description],
          );
          await appendAudit(transaction, caller, event);
        }),
      );
    },

    async remove(groupId, { caller, event }) {
      await database.transaction(async (transaction) => {
        await keepAdmins(transaction, async () => {
          await removeTraces(transaction, { kind: "group", id: groupId });
          await transaction.query("DELETE FROM identity.user_group WHERE group_id = $1", [groupId]);
        });
        await appendAudit(transaction, caller, event);
      });
    },

    listMembers(groupId, { search, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [`m.group_id = ${values.add(groupId)}`];
      if (search) conditions.push(printContains(["h.name", 'h."displayName"'], values.add(search)));
      const tables = `identity.group_member m JOIN ${holderRows} h ON h.kind = m.member_kind AND h.id = m.member_id`;
      return readPage<HolderRow>(database, {
        columns: holderColumns,
        tables,
        conditions,
        terms: byName,
        values,
        limit,
        pageToken,
      });
    },

    addMember: (groupId, { kind, id }, { caller, event }) =>
      database.transaction(async (transaction) => {
        const { rowCount } = await transaction.query(
          `INSERT INTO identity.group_member (group_id, member_kind, member_id) VALUES ($1, $2, $3)
           ON CONFLICT DO NOTHING`,
          [groupId, kind, id],
        );
        if (rowCount === 0) return false;
        await appendAudit(transaction, caller, event);
        return true;
      }),

    removeMember: (groupId, { kind, id }, { caller, event }) =>
      database.transaction(async (transaction) => {
        const { rowCount } = await keepAdmins(transaction, () =>
          transaction.query(
            "DELETE FROM identity.group_member WHERE group_id = $1 AND member_kind = $2 AND member_id = $3",
            [groupId, kind, id],
          ),
        );
        if (rowCount === 0) return false;
        await appendAudit(transaction, caller, event);
        return true;
      }),
  };
}
