import type { ServiceAccount, ServiceAccountStore } from "@runweir/identity-domain";
import { type Database, readPage, StatementValues } from "@runweir/postgres";
import { appendAudit } from "../audit/append-audit.ts";
import { printContains } from "./holder-rows.ts";
import { removeTraces } from "./remove-traces.ts";
import { takeName } from "./take-name.ts";

const columns = `s.account_id AS "accountId", s.name, s.description, s.is_disabled AS "isDisabled",
  s.created_by AS "createdBy", s.creation_time AS "creationTime"`;
const order = [
  { name: "name", expression: "s.name", type: "text", ascending: true, nullable: false },
] as const;

type Row = ServiceAccount & Record<string, unknown>;

export function createServiceAccountStore(database: Database): ServiceAccountStore {
  return {
    list({ search, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [search ? printContains(["s.name", "s.description"], values.add(search)) : "TRUE"];
      return readPage<Row>(database, {
        columns,
        tables: "identity.service_account s",
        conditions,
        terms: order,
        values,
        limit,
        pageToken,
      });
    },

    async find(accountId) {
      const [row] = await database.query<Row>(
        `SELECT ${columns} FROM identity.service_account s WHERE s.account_id = $1`,
        [accountId],
      );
      return row;
    },

    async insert(account, { caller, event }) {
      const { accountId, name, description, isDisabled, createdBy, creationTime } = account;
      await takeName(
        "service account",
        name,
        database.transaction(async (transaction) => {
          await transaction.query(
            `INSERT INTO identity.service_account (account_id, name, description, is_disabled, created_by, creation_time)
             VALUES ($1, $2, $3, $4, $5, $6)`,
            [accountId, name, description, isDisabled, createdBy, creationTime],
          );
          await appendAudit(transaction, caller, event);
        }),
      );
    },

    async replace({ accountId, description, isDisabled }, { caller, event }) {
      await database.transaction(async (transaction) => {
        await transaction.query(
          "UPDATE identity.service_account SET description = $2, is_disabled = $3 WHERE account_id = $1",
          [accountId, description, isDisabled],
        );
        await appendAudit(transaction, caller, event);
      });
    },

    async remove(accountId, { caller, event }) {
      await database.transaction(async (transaction) => {
        await removeTraces(transaction, { kind: "service-account", id: accountId });
        await transaction.query("DELETE FROM identity.service_account WHERE account_id = $1", [accountId]);
        await appendAudit(transaction, caller, event);
      });
    },
  };
}
