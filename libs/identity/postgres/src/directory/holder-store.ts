import type { Holder, HolderStore } from "@runweir/identity-domain";
import { type Database, readPage, StatementValues } from "@runweir/postgres";
import { byName, holderColumns, holderRows, printContains } from "./holder-rows.ts";

type Row = Holder & Record<string, unknown>;

export function createHolderStore(database: Database): HolderStore {
  return {
    list({ kinds, name, search, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [`h.kind = ANY(${values.add(kinds)})`];
      if (name !== undefined) conditions.push(`lower(h.name) = lower(${values.add(name)})`);
      if (search) conditions.push(printContains(["h.name", 'h."displayName"'], values.add(search)));
      return readPage<Row>(database, {
        columns: holderColumns,
        tables: `${holderRows} h`,
        conditions,
        terms: byName,
        values,
        limit,
        pageToken,
      });
    },

    async find({ kind, id }) {
      const [row] = await database.query<Row>(
        `SELECT ${holderColumns} FROM ${holderRows} h WHERE h.kind = $1 AND h.id = $2`,
        [kind, id],
      );
      return row;
    },

    async isAdministrator(userId) {
      const [row] = await database.query<{ is: boolean }>(
        'SELECT is_administrator AND NOT is_disabled AS is FROM identity."user" WHERE id = $1',
        [userId],
      );
      return row?.is ?? false;
    },

    groupsOf: ({ kind, id }) =>
      database.query<Row>(
        `SELECT 'group' AS kind, g.group_id AS id, g.name, g.description AS "displayName", false AS "isDisabled"
         FROM identity.group_member m JOIN identity.user_group g USING (group_id)
         WHERE m.member_kind = $1 AND m.member_id = $2 ORDER BY g.name`,
        [kind, id],
      ),
  };
}
