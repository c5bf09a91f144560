import type { Workspace, WorkspaceStore } from "@runweir/identity-domain";
import { type Database, readPage, StatementValues } from "@runweir/postgres";
import { appendAudit } from "../audit/append-audit.ts";
import { printContains } from "./holder-rows.ts";
import { takeName } from "./take-name.ts";

const columns = `w.name, w.description, w.default_role AS "defaultRole", w.protected_aliases AS "protectedAliases",
  w.creation_time AS "creationTime", w.deleted_time AS "deletedTime"`;
const order = [
  { name: "name", expression: "w.name", type: "text", ascending: true, nullable: false },
] as const;

type Row = Workspace & Record<string, unknown>;

export function createWorkspaceStore(database: Database): WorkspaceStore {
  return {
    async list({ search, limit, pageToken, visibleTo, deleted = false }) {
      const values = new StatementValues();
      const conditions = [deleted ? "TRUE" : "w.deleted_time IS NULL"];
      if (search) conditions.push(printContains(["w.name", "w.description"], values.add(search)));
      if (visibleTo !== undefined) {
        const kind = values.add(visibleTo.kind);
        const id = values.add(visibleTo.id);
        const groups = `SELECT g.group_id FROM identity.group_member g WHERE g.member_kind = ${kind} AND g.member_id = ${id}`;
        const isHolder = (column: "member" | "holder") =>
          `((${column}_kind = ${kind} AND ${column}_id = ${id}) OR (${column}_kind = 'group' AND ${column}_id IN (${groups})))`;
        conditions.push(`(w.default_role IS NOT NULL
          OR EXISTS (SELECT FROM identity.workspace_member WHERE workspace = w.name AND ${isHolder("member")})
          OR EXISTS (SELECT FROM identity.access_grant WHERE workspace = w.name AND effect = 'allow' AND ${isHolder("holder")}))`);
      }
      return readPage<Row>(database, {
        columns,
        tables: "identity.workspace w",
        conditions,
        terms: order,
        values,
        limit,
        pageToken,
      });
    },

    async find(name) {
      const [row] = await database.query<Row>(
        `SELECT ${columns} FROM identity.workspace w WHERE w.name = $1`,
        [name],
      );
      return row;
    },

    async insert(workspace, admin, { caller, event }) {
      const { name, description, defaultRole, protectedAliases, creationTime } = workspace;
      await takeName(
        "workspace",
        name,
        database.transaction(async (transaction) => {
          await transaction.query(
            `INSERT INTO identity.workspace (name, description, default_role, protected_aliases, creation_time)
             VALUES ($1, $2, $3, $4, $5)`,
            [name, description, defaultRole, protectedAliases, creationTime],
          );
          if (admin !== undefined)
            await transaction.query(
              `INSERT INTO identity.workspace_member (workspace, member_kind, member_id, role, creation_time)
               VALUES ($1, $2, $3, 'admin', $4)`,
              [name, admin.kind, admin.id, creationTime],
            );
          await appendAudit(transaction, caller, event);
        }),
      );
    },

    async replace({ name, description, defaultRole, protectedAliases, deletedTime }, { caller, event }) {
      await database.transaction(async (transaction) => {
        await transaction.query(
          `UPDATE identity.workspace SET description = $2, default_role = $3, protected_aliases = $4, deleted_time = $5
           WHERE name = $1`,
          [name, description, defaultRole, protectedAliases, deletedTime],
        );
        await appendAudit(transaction, caller, event);
      });
    },
  };
}
