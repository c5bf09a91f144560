import type { SendResult, Webhook, WebhookStatus, Webhooks } from "@runweir/webhooks-domain";
import { isMlflowEvent, mlflowActions, mlflowEntities, mlflowEvents } from "@runweir/webhooks-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { readChoice, readInteger, readText, readTextOrNothing } from "../wire/field-values.ts";
import { message, optional, repeated, required, requiredList, withDefault } from "../wire/message.ts";

const upper = (name: string) => name.toUpperCase();
const event = message({
  entity: required(readChoice(mlflowEntities, upper)),
  action: required(readChoice(mlflowActions, upper)),
});
const status = readChoice(["active", "disabled"], upper);

const one = "webhooks/:webhookId";
const permission = "model.manage";

interface WireEvent {
  readonly entity: string;
  readonly action: string;
}

/** MLflow's webhooks. Those that hear of nothing that MLflow knows are not shown: its client cannot read them. */
export function webhookEndpoints(webhooks: Webhooks): readonly Endpoint[] {
  const find = (params: Readonly<Record<string, string>>) => params.webhookId ?? "";
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "webhooks",
      permission,
      request: message({
        name: required(readText),
        url: required(readText),
        events: requiredList(event.read),
        description: optional(readTextOrNothing),
        secret: optional(readTextOrNothing),
        status: optional(status),
      }),
      answer: async ({ events, ...draft }, { caller }) => ({
        webhook: webhookAnswer(await webhooks.create(caller, { ...draft, events: events.map(nameOf) })),
      }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "webhooks",
      permission: "model.read",
      request: message({
        maxResults: withDefault(readInteger, 0),
        pageToken: optional(readTextOrNothing),
      }),
      async answer({ maxResults, pageToken }, { caller }) {
        const page = await webhooks.list(caller, {
          format: "mlflow",
          events: mlflowEvents,
          limit: maxResults || undefined,
          pageToken,
        });
        return { webhooks: page.items.map(webhookAnswer), next_page_token: page.nextPageToken };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: one,
      permission,
      request: message({}),
      answer: async (_input, { caller, params }) => ({
        webhook: webhookAnswer(await webhooks.get(caller, find(params))),
      }),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: one,
      permission,
      request: message({
        name: optional(readTextOrNothing),
        url: optional(readTextOrNothing),
        events: repeated(event.read),
        description: optional(readText),
        secret: optional(readText),
        status: optional(status),
      }),
      async answer({ events, ...changes }, { caller, params }) {
        const webhookId = find(params);
        const old = await webhooks.get(caller, webhookId);
        // What MLflow does not know of, its clients cannot have meant to take away.
        const others = old.events.filter((name) => !isMlflowEvent(name));
        const wanted = events.length === 0 ? undefined : [...events.map(nameOf), ...others];
        return {
          webhook: webhookAnswer(await webhooks.update(caller, webhookId, { ...changes, events: wanted })),
        };
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: one,
      permission,
      request: message({}),
      answer: (_input, { caller, params }) => webhooks.delete(caller, find(params)),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: `${one}/test`,
      permission,
      request: message({ event: optional(event.read) }),
      answer: async (input, { caller, params }) => ({
        result: resultAnswer(
          await webhooks.test(
            caller,
            find(params),
            input.event === undefined ? undefined : nameOf(input.event),
          ),
        ),
      }),
    }),
  ];
}

function nameOf({ entity, action }: WireEvent): string {
  return `${entity}.${action}`;
}

/** MLflow knows two states. */
const statusAnswer = {
  active: "ACTIVE",
  disabled: "DISABLED",
  test: "DISABLED",
  paused: "DISABLED",
} as const satisfies Record<WebhookStatus, string>;

function webhookAnswer(webhook: Webhook): object {
  return {
    webhook_id: webhook.webhookId,
    name: webhook.name,
    description: webhook.description || undefined,
    url: webhook.url,
    events: webhook.events.filter(isMlflowEvent).map((name) => {
      const [entity = "", action = ""] = name.split(".");
      return { entity: upper(entity), action: upper(action) };
    }),
    status: statusAnswer[webhook.status],
    creation_timestamp: webhook.creationTime,
    last_updated_timestamp: webhook.lastUpdateTime,
  };
}

function resultAnswer(result: SendResult): object {
  return result.outcome === "answered"
    ? { success: result.status < 400, response_status: result.status, response_body: result.response }
    : { success: false, error_message: `Failed to test webhook: ${result.message}` };
}
