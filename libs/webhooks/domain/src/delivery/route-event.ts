import type { EventMessage, RecordedEvent } from "../event/recorded-event.ts";
import { tellDatabricks } from "../event/tell-databricks.ts";
import { tellMlflow } from "../event/tell-mlflow.ts";
import type { Webhook } from "../webhook.ts";

export type Subscription = Pick<Webhook, "webhookId" | "format" | "events" | "model">;

/** What an event has to tell a webhook of its workspace: nothing when it is another model's, or subscribed to other things. */
export function routeEvent(event: RecordedEvent, webhook: Subscription): readonly EventMessage[] {
  const { webhookId, format, events, model } = webhook;
  if (model !== undefined && model !== event.model) return [];
  const messages = format === "mlflow" ? tellMlflow(event) : tellDatabricks(event, webhookId);
  return messages.filter((message) => events.includes(message.event));
}
