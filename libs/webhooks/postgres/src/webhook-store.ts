import {
  type Database,
  type Queryable,
  readPage,
  StatementValues,
  translateFailures,
} from "@runweir/postgres";
import type { Entered, WebhookStore } from "@runweir/webhooks-domain";
import { type DeliveryRow, deliveryColumns, toDelivery } from "./delivery-rows.ts";
import { toWebhook, type WebhookRow, webhookColumns, webhookValues } from "./webhook-rows.ts";

/** How the audit log is written to in a transaction. */
export type EnterAudit = (
  transaction: Queryable,
  caller: Entered["caller"],
  event: Entered["event"],
) => Promise<unknown>;

const newestFirst = (time: string, id: string) =>
  [
    { name: "time", expression: time, type: "bigint", ascending: false, nullable: false },
    { name: "id", expression: id, type: "text", ascending: false, nullable: false },
  ] as const;

export function createWebhookStore(options: {
  readonly database: Database;
  readonly enter: EnterAudit;
}): WebhookStore {
  const database = translateFailures(options.database);

  function change({ caller, event }: Entered, text: string, values: readonly unknown[]): Promise<number> {
    return database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(text, values as unknown[]);
      if (rowCount) await options.enter(transaction, caller, event);
      return rowCount ?? 0;
    });
  }

  return {
    async insert(workspace, webhook, entered) {
      await change(
        entered,
        `INSERT INTO webhooks.webhook (workspace, webhook_id, name, description, url, format, events, model, status,
           verifies_tls, is_signed, failures, creator_id, creator_name, creation_time, last_update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        webhookValues(workspace, webhook),
      );
    },

    async find(workspace, webhookId) {
      const [row] = await database.query<WebhookRow & Record<string, unknown>>(
        `SELECT ${webhookColumns} FROM webhooks.webhook w WHERE w.workspace = $1 AND w.webhook_id = $2`,
        [workspace, webhookId],
      );
      return row && toWebhook(row);
    },

    async list(workspace, { format, model, events, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [`w.workspace = ${values.add(workspace)}`];
      if (format !== undefined) conditions.push(`w.format = ${values.add(format)}`);
      if (model === null) conditions.push("w.model IS NULL");
      else if (model !== undefined) conditions.push(`w.model = ${values.add(model)}`);
      if (events !== undefined) conditions.push(`w.events && ${values.add(events)}::text[]`);
      const page = await readPage<WebhookRow & Record<string, unknown>>(database, {
        columns: webhookColumns,
        tables: "webhooks.webhook w",
        conditions,
        terms: newestFirst("w.creation_time", "w.webhook_id"),
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toWebhook) };
    },

    async replace(workspace, webhook, entered) {
      await change(
        entered,
        `UPDATE webhooks.webhook SET name = $3, description = $4, url = $5, events = $6, status = $7, verifies_tls = $8,
           is_signed = $9, failures = $10, last_update_time = $11
         WHERE workspace = $1 AND webhook_id = $2`,
        [
          workspace,
          webhook.webhookId,
          webhook.name,
          webhook.description,
          webhook.url,
          webhook.events,
          webhook.status,
          webhook.verifiesTls,
          webhook.isSigned,
          webhook.failures,
          webhook.lastUpdateTime,
        ],
      );
    },

    async remove(workspace, webhookId, entered) {
      await change(entered, "DELETE FROM webhooks.webhook WHERE workspace = $1 AND webhook_id = $2", [
        workspace,
        webhookId,
      ]);
    },

    async count(workspace) {
      const [row] = await database.query<{ count: number }>(
        "SELECT count(*) FROM webhooks.webhook WHERE workspace = $1",
        [workspace],
      );
      return row?.count ?? 0;
    },

    async listDeliveries(webhookId, { state, limit, pageToken }) {
      const values = new StatementValues();
      const conditions = [`d.webhook_id = ${values.add(webhookId)}`];
      if (state !== undefined) conditions.push(`d.state = ${values.add(state)}`);
      const page = await readPage<DeliveryRow & Record<string, unknown>>(database, {
        columns: deliveryColumns,
        tables: "webhooks.delivery d",
        conditions,
        terms: newestFirst("d.creation_time", "d.delivery_id"),
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toDelivery) };
    },

    async findDelivery(webhookId, deliveryId) {
      if (deliveryId.includes("\0")) return undefined;
      const [row] = await database.query<DeliveryRow & { body: string } & Record<string, unknown>>(
        `SELECT ${deliveryColumns}, d.body FROM webhooks.delivery d WHERE d.webhook_id = $1 AND d.delivery_id = $2`,
        [webhookId, deliveryId],
      );
      if (row === undefined) return undefined;
      const attempts = await database.query<AttemptRow>(
        `SELECT time, duration_ms AS "durationMs", status, error, response FROM webhooks.attempt
         WHERE delivery_id = $1 ORDER BY number DESC LIMIT 100`,
        [deliveryId],
      );
      return {
        ...toDelivery(row),
        body: row.body,
        attemptList: attempts.map(({ status, error, response, ...rest }) => ({
          ...rest,
          status: status ?? undefined,
          error: error ?? undefined,
          response: response ?? undefined,
        })),
      };
    },

    async requeue(webhookId, deliveryId, now, entered) {
      const changed = await change(
        entered,
        `UPDATE webhooks.delivery SET state = 'waiting', attempts = 0, next_time = $3
         WHERE webhook_id = $1 AND delivery_id = $2 AND state <> 'waiting'`,
        [webhookId, deliveryId, now],
      );
      return changed > 0;
    },
  };
}

interface AttemptRow extends Record<string, unknown> {
  readonly time: number;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly response: string | null;
}
