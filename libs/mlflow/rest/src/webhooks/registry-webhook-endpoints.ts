import { DomainError } from "@runweir/errors";
import type { Registry } from "@runweir/registry-domain";
import { databricksEvents, type Webhook, type WebhookStatus, type Webhooks } from "@runweir/webhooks-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import {
  readChoice,
  readFlag,
  readInteger,
  readRecord,
  readText,
  readTextOrNothing,
} from "../wire/field-values.ts";
import { message, optional, repeated, required, requiredList, withDefault } from "../wire/message.ts";

const readEvent = readChoice(databricksEvents);
const statusNames = { active: "ACTIVE", disabled: "DISABLED", test: "TEST_MODE" } as const;
const readStatus = readChoice(["active", "disabled", "test"], (name) => statusNames[name]);
const httpSpec = {
  authorization: optional(readText),
  enableSslVerification: optional(readFlag),
  secret: optional(readText),
};
const newSpec = message({ url: required(readText), ...httpSpec });
const changedSpec = message({ url: optional(readTextOrNothing), ...httpSpec });
const permission = "model.manage";
const path = "registry-webhooks";

/** The webhooks of Databricks' workspace registry, as its SDK calls them.. */
export function registryWebhookEndpoints(
  webhooks: Webhooks,
  registry: Pick<Registry, "getModel">,
): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: `${path}/create`,
      permission,
      request: message({
        events: requiredList(readEvent),
        description: optional(readTextOrNothing),
        httpUrlSpec: optional(newSpec.read),
        jobSpec: optional(readRecord),
        modelName: optional(readTextOrNothing),
        status: optional(readStatus),
      }),
      async answer({ events, description, httpUrlSpec, jobSpec, modelName, status }, { caller }) {
        if (jobSpec !== undefined || httpUrlSpec === undefined) throw noJobs();
        if (modelName !== undefined) await registry.getModel(caller, modelName);
        const webhook = await webhooks.create(caller, {
          name: "databricks",
          format: "databricks",
          description,
          events,
          status,
          model: modelName,
          ...specOf(httpUrlSpec),
          url: httpUrlSpec.url,
        });
        return { webhook: webhookAnswer(webhook) };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: `${path}/list`,
      permission: "model.read",
      request: message({
        modelName: optional(readTextOrNothing),
        events: repeated(readEvent),
        maxResults: withDefault(readInteger, 0),
        pageToken: optional(readTextOrNothing),
      }),
      async answer({ modelName, events, maxResults, pageToken }, { caller }) {
        const page = await webhooks.list(caller, {
          format: "databricks",
          model: modelName,
          events: events.length === 0 ? undefined : events,
          limit: maxResults || undefined,
          pageToken,
        });
        return { webhooks: page.items.map(webhookAnswer), next_page_token: page.nextPageToken };
      },
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: `${path}/update`,
      permission,
      request: message({
        id: required(readText),
        events: repeated(readEvent),
        description: optional(readText),
        httpUrlSpec: optional(changedSpec.read),
        jobSpec: optional(readRecord),
        status: optional(readStatus),
      }),
      async answer({ id, events, description, httpUrlSpec, jobSpec, status }, { caller }) {
        if (jobSpec !== undefined) throw noJobs();
        const webhook = await webhooks.update(caller, id, {
          events: events.length === 0 ? undefined : events,
          description,
          status,
          ...(httpUrlSpec === undefined ? {} : { ...specOf(httpUrlSpec), url: httpUrlSpec.url }),
        });
        return { webhook: webhookAnswer(webhook) };
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: `${path}/delete`,
      permission,
      request: message({ id: required(readText) }),
      answer: ({ id }, { caller }) => webhooks.delete(caller, id),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: `${path}/test`,
      permission,
      request: message({ id: required(readText), event: optional(readEvent) }),
      async answer({ id, event }, { caller }) {
        const result = await webhooks.test(caller, id, event);
        return result.outcome === "answered"
          ? { status_code: result.status, body: result.response }
          : { status_code: 0, body: result.message };
      },
    }),
  ];
}

interface HttpSpec {
  readonly authorization: string | undefined;
  readonly enableSslVerification: boolean | undefined;
  readonly secret: string | undefined;
}

function specOf({ authorization, enableSslVerification, secret }: HttpSpec) {
  return { authorization, secret, verifiesTls: enableSslVerification };
}

function noJobs(): DomainError {
  return new DomainError(
    "not_implemented",
    "http_url_spec is needed: webhooks call an address here; there are no jobs of Databricks to run.",
    { field: "http_url_spec" },
  );
}

const statusAnswer = { ...statusNames, paused: "DISABLED" } as const satisfies Record<WebhookStatus, string>;

function webhookAnswer(webhook: Webhook): object {
  return {
    id: webhook.webhookId,
    events: webhook.events,
    creation_timestamp: webhook.creationTime,
    last_updated_timestamp: webhook.lastUpdateTime,
    description: webhook.description || undefined,
    status: statusAnswer[webhook.status],
    http_url_spec: { url: webhook.url, enable_ssl_verification: webhook.verifiesTls },
    model_name: webhook.model,
  };
}
