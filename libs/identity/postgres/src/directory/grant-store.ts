import { DomainError } from "@runweir/errors";
import type { GrantStore, GrantTarget, StoredGrant } from "@runweir/identity-domain";
import { isTaken, readPage, type Statements, StatementValues } from "@runweir/postgres";
import { appendAudit } from "../audit/append-audit.ts";
import { type GrantRow, grantColumns, toStoredGrant } from "./grant-row.ts";
import { holderRows, printContains } from "./holder-rows.ts";

const tables = `identity.access_grant g LEFT JOIN LATERAL (
    SELECT h.name FROM ${holderRows} h WHERE h.kind = g.holder_kind AND h.id = g.holder_id) h ON true`;
const newestFirst = [
  { name: "creation_time", expression: "g.creation_time", type: "bigint", ascending: false, nullable: false },
  { name: "grant_id", expression: "g.grant_id", type: "text", ascending: false, nullable: false },
] as const;
const insertion = `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, experiment_id, pattern,
    holder_kind, holder_id, is_own, created_by, creation_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

export function createGrantStore(database: Statements): GrantStore {
  return {
    async list(workspace, { search, holder, holderKind, target, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [`g.workspace = ${values.add(workspace)}`];
      if (holder !== undefined)
        conditions.push(
          `g.holder_kind = ${values.add(holder.kind)} AND g.holder_id = ${values.add(holder.id)}`,
        );
      if (holderKind !== undefined) conditions.push(`g.holder_kind = ${values.add(holderKind)}`);
      if (target !== undefined) {
        const { kind, experimentId, pattern } = columnsOf(target);
        conditions.push(`g.target_kind = ${values.add(kind)}`);
        conditions.push(
          experimentId === null
            ? `g.pattern = ${values.add(pattern)}`
            : `g.experiment_id = ${values.add(experimentId)}`,
        );
      }
      if (search) {
        const text = values.add(search);
        conditions.push(`(g.experiment_id = ${text} OR ${printContains(["g.pattern", "h.name"], text)})`);
      }
      const page = await readPage<GrantRow>(database, {
        columns: grantColumns,
        tables,
        conditions,
        terms: newestFirst,
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toStoredGrant) };
    },

    async find(workspace, grantId) {
      const [row] = await database.query<GrantRow>(
        `SELECT ${grantColumns} FROM ${tables} WHERE g.workspace = $1 AND g.grant_id = $2`,
        [workspace, grantId],
      );
      return row && toStoredGrant(row);
    },

    async insert(grant, { caller, event }) {
      await unlessGiven(
        database.transaction(async (transaction) => {
          await transaction.query(insertion, valuesOf(grant));
          await appendAudit(transaction, caller, event);
        }),
      );
    },

    async replace({ workspace, grantId, effect, level }, { caller, event }) {
      await database.transaction(async (transaction) => {
        await transaction.query(
          `UPDATE identity.access_grant SET effect = $3, level = $4, is_own = is_own AND $3 = 'allow' AND $4 = 'manage'
           WHERE workspace = $1 AND grant_id = $2`,
          [workspace, grantId, effect, level],
        );
        await appendAudit(transaction, caller, event);
      });
    },

    async remove({ workspace, grantId }, { caller, event }) {
      await database.transaction(async (transaction) => {
        await transaction.query("DELETE FROM identity.access_grant WHERE workspace = $1 AND grant_id = $2", [
          workspace,
          grantId,
        ]);
        await appendAudit(transaction, caller, event);
      });
    },

    async insertOwn(grant) {
      await database.query(`${insertion} ON CONFLICT DO NOTHING`, valuesOf(grant));
    },

    async removeOf(workspace, target) {
      const { kind, experimentId, pattern } = columnsOf(target);
      await database.query(
        `DELETE FROM identity.access_grant WHERE workspace = $1 AND target_kind = $2
           AND (experiment_id = $3 OR (pattern = $4 AND is_own))`,
        [workspace, kind, experimentId, pattern],
      );
    },

    async renameOwn(workspace, model, newName) {
      await database.query(
        `UPDATE identity.access_grant g SET pattern = $3
         WHERE workspace = $1 AND target_kind = 'model' AND pattern = $2 AND is_own AND strpos($3, '*') = 0
           AND NOT EXISTS (SELECT FROM identity.access_grant o WHERE o.workspace = $1 AND o.target_kind = 'model'
             AND o.pattern = $3 AND o.holder_kind = g.holder_kind AND o.holder_id = g.holder_id)`,
        [workspace, model, newName],
      );
      // What could not follow must not wait for the next model of the old name.
      await database.query(
        `DELETE FROM identity.access_grant
         WHERE workspace = $1 AND target_kind = 'model' AND pattern = $2 AND is_own`,
        [workspace, model],
      );
    },
  };
}

function columnsOf(target: GrantTarget) {
  return {
    kind: target.on,
    experimentId: "experimentId" in target ? target.experimentId : null,
    pattern: "pattern" in target ? target.pattern : null,
  };
}

function valuesOf(grant: StoredGrant): unknown[] {
  const { kind, experimentId, pattern } = columnsOf(grant.target);
  const { holder } = grant;
  return [
    grant.grantId,
    grant.workspace,
    grant.effect,
    grant.level,
    kind,
    experimentId,
    pattern,
    holder.kind,
    holder.kind === "everyone" ? "" : holder.id,
    grant.isOwn,
    grant.createdBy,
    grant.creationTime,
  ];
}

async function unlessGiven<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new DomainError(
      "already_exists",
      "There is a grant for them on exactly this already. Change that one, or remove it first.",
      { field: "target", cause: error },
    );
  }
}
