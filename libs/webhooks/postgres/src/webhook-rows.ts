import type { Webhook } from "@runweir/webhooks-domain";

export const webhookColumns = `w.webhook_id AS "webhookId", w.name, w.description, w.url, w.format, w.events, w.model, w.status,
  w.verifies_tls AS "verifiesTls", w.is_signed AS "isSigned", w.failures,
  json_build_object('id', w.creator_id, 'name', w.creator_name) AS creator, w.creation_time AS "creationTime",
  w.last_update_time AS "lastUpdateTime"`;

export type WebhookRow = Omit<Webhook, "model"> & { readonly model: string | null };

/** Without the columns that pages are ordered by. */
export function toWebhook(row: WebhookRow): Webhook {
  const { webhookId, name, description, url, format, events, model, status, verifiesTls, isSigned } = row;
  const { failures, creator, creationTime, lastUpdateTime } = row;
  const settings = { webhookId, name, description, url, format, events, model: model ?? undefined };
  return { ...settings, status, verifiesTls, isSigned, failures, creator, creationTime, lastUpdateTime };
}

export function webhookValues(workspace: string, webhook: Webhook): readonly unknown[] {
  return [
    workspace,
    webhook.webhookId,
    webhook.name,
    webhook.description,
    webhook.url,
    webhook.format,
    webhook.events,
    webhook.model ?? null,
    webhook.status,
    webhook.verifiesTls,
    webhook.isSigned,
    webhook.failures,
    webhook.creator.id,
    webhook.creator.name,
    webhook.creationTime,
    webhook.lastUpdateTime,
  ];
}
