import type { HandleEvents, StoredEvent } from "@runweir/outbox";
import type { Queryable } from "@runweir/postgres";
import { routeEvent, type WebhookFormat } from "@runweir/webhooks-domain";

interface SubscriptionRow {
  readonly workspace: string;
  readonly webhookId: string;
  readonly format: WebhookFormat;
  readonly events: readonly string[];
  readonly model: string | null;
}

/** The outbox's reader for webhooks: writes down what is to be sent to whom. Webhooks that are not active miss it. */
export function queueDeliveries(options: {
  readonly clock: { now(): number };
  newId(): string;
}): HandleEvents {
  return async (transaction, events) => {
    const { rows } = await transaction.query<SubscriptionRow>({
      name: "webhooks-active",
      text: `SELECT workspace, webhook_id AS "webhookId", format, events, model FROM webhooks.webhook
        WHERE status = 'active' AND workspace = ANY ($1::text[]) ORDER BY webhook_id`,
      values: [[...new Set(events.map(({ workspace }) => workspace))]],
    });
    const subscriptions = rows.map((row) => ({ ...row, model: row.model ?? undefined }));
    const now = options.clock.now();
    const deliveries = events.flatMap((event) => {
      // From here on it is the model of that name that they are about.
      for (const one of subscriptions)
        if (isRename(event) && one.workspace === event.workspace && one.model === event.before.name)
          one.model = event.after.name;
      return subscriptions
        .filter(({ workspace }) => workspace === event.workspace)
        .flatMap((webhook) =>
          routeEvent(event, webhook).map(({ event: name, body }) => ({
            id: options.newId(),
            webhookId: webhook.webhookId,
            event: name,
            body: JSON.stringify(body),
          })),
        );
    });
    await followRenames(transaction, events);
    if (deliveries.length === 0) return;
    await transaction.query(
      `INSERT INTO webhooks.delivery (delivery_id, webhook_id, event, body, creation_time, next_time)
       SELECT d.id, d.webhook_id, d.event, d.body, $5, $5
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS d (id, webhook_id, event, body)
       JOIN webhooks.webhook w USING (webhook_id)`,
      [
        deliveries.map(({ id }) => id),
        deliveries.map(({ webhookId }) => webhookId),
        deliveries.map(({ event }) => event),
        deliveries.map(({ body }) => body),
        now,
      ],
    );
  };
}

async function followRenames(transaction: Queryable, events: readonly StoredEvent[]): Promise<void> {
  for (const event of events.filter(isRename))
    await transaction.query("UPDATE webhooks.webhook SET model = $3 WHERE workspace = $1 AND model = $2", [
      event.workspace,
      event.before.name,
      event.after.name,
    ]);
}

type Rename = StoredEvent & {
  readonly before: { readonly name: string };
  readonly after: { readonly name: string };
};

function isRename(event: StoredEvent): event is Rename {
  const { kind, before, after } = event as Partial<Rename>;
  return kind === "registered_model.renamed" && Boolean(before?.name) && Boolean(after?.name);
}
