import { DomainError } from "@runweir/errors";
import type { AuditAction, Caller } from "@runweir/identity-domain";
import { requireDescription, requireEvents, requireName, requireSecret, requireUrl } from "../check-draft.ts";
import { composeRequest, type WebhookRequest } from "../delivery/compose-request.ts";
import type { SendResult } from "../delivery/delivery.ts";
import { exampleMessage } from "../event/example-event.ts";
import type { Webhook, WebhookSecrets } from "../webhook.ts";
import type { Entered, WebhookSecretStore, WebhookStore } from "../webhook-store.ts";
import { readSecrets, writeSecrets } from "./keep-secrets.ts";
import type { Webhooks } from "./webhooks.ts";

const webhooksMax = 1_000;
const pageMax = 1_000;
const pageUsual = 100;

export interface WebhookDependencies {
  readonly store: WebhookStore;
  readonly secrets: WebhookSecretStore;
  send(request: WebhookRequest): Promise<SendResult>;
  /** Whether administrators named this host as one that may be private. */
  isPrivateHost(hostname: string): boolean;
  readonly clock: { now(): number };
  newId(): string;
  /** There may be something to deliver at once. */
  wake(): void;
}

export function createWebhooks(dependencies: WebhookDependencies): Webhooks {
  const { store, secrets, clock, newId, isPrivateHost } = dependencies;

  async function find({ workspace }: Caller, webhookId: string): Promise<Webhook> {
    const found = webhookId.includes("\0") ? undefined : await store.find(workspace, webhookId);
    if (found) return found;
    throw new DomainError("not_found", `Webhook with ID ${webhookId} not found.`, { field: "webhook_id" });
  }

  return {
    async create(caller, draft) {
      const { format = "mlflow", status = "active" } = draft;
      const now = clock.now();
      const given = checkSecrets(draft);
      const webhook: Webhook = {
        webhookId: newId(),
        name: requireName(draft.name),
        description: requireDescription(draft.description ?? ""),
        url: requireUrl(draft.url, isPrivateHost),
        format,
        events: requireEvents(format, draft.events),
        model: draft.model,
        status,
        verifiesTls: draft.verifiesTls ?? true,
        isSigned: Boolean(given.secret),
        failures: 0,
        creator: { id: caller.principal.id, name: caller.principal.name },
        creationTime: now,
        lastUpdateTime: now,
      };
      if ((await store.count(caller.workspace)) >= webhooksMax)
        throw new DomainError(
          "resource_exhausted",
          `The workspace has ${webhooksMax} webhooks; that is the most allowed.`,
        );
      if (given.secret || given.authorization) await writeSecrets(secrets, caller, webhook.webhookId, given);
      try {
        await store.insert(caller.workspace, webhook, entered(caller, "webhook.create", webhook));
      } catch (error) {
        await secrets.delete(caller, webhook.webhookId).catch(() => {});
        throw error;
      }
      return webhook;
    },

    get: find,

    list: (caller, { limit = pageUsual, ...asked }) => {
      if (!Number.isInteger(limit) || limit < 1 || limit > pageMax)
        throw new DomainError("invalid_argument", `max_results must be between 1 and ${pageMax}.`, {
          field: "max_results",
        });
      return store.list(caller.workspace, { ...asked, limit });
    },

    async update(caller, webhookId, changes) {
      const old = await find(caller, webhookId);
      const given = checkSecrets(changes);
      const isTurnedOn = changes.status !== undefined && changes.status !== "paused";
      const next: Webhook = {
        ...old,
        name: changes.name === undefined ? old.name : requireName(changes.name),
        description:
          changes.description === undefined ? old.description : requireDescription(changes.description),
        url: changes.url === undefined ? old.url : requireUrl(changes.url, isPrivateHost),
        events: changes.events === undefined ? old.events : requireEvents(old.format, changes.events),
        status: changes.status ?? old.status,
        verifiesTls: changes.verifiesTls ?? old.verifiesTls,
        isSigned: given.secret === undefined ? old.isSigned : given.secret !== "",
        failures: isTurnedOn ? 0 : old.failures,
        lastUpdateTime: clock.now(),
      };
      if (given.secret !== undefined || given.authorization !== undefined) {
        const kept = await readSecrets(secrets, caller.workspace, webhookId);
        await writeSecrets(secrets, caller, webhookId, { ...kept, ...given });
      }
      await store.replace(caller.workspace, next, entered(caller, "webhook.update", next, old));
      dependencies.wake();
      return next;
    },

    async delete(caller, webhookId) {
      const webhook = await find(caller, webhookId);
      await store.remove(caller.workspace, webhookId, entered(caller, "webhook.delete", undefined, webhook));
      await secrets.delete(caller, webhookId);
    },

    async test(caller, webhookId, event) {
      const webhook = await find(caller, webhookId);
      const [first = ""] = webhook.events;
      const [wanted = ""] = event === undefined ? [first] : requireEvents(webhook.format, [event]);
      const now = clock.now();
      const { id, name } = caller.principal;
      const { body } = exampleMessage(webhook, wanted, {
        workspace: caller.workspace,
        time: now,
        actor: { id, name },
      });
      const kept = await readSecrets(secrets, caller.workspace, webhookId);
      const delivery = { deliveryId: newId(), body: JSON.stringify(body) };
      return dependencies.send(composeRequest(webhook, delivery, kept, now));
    },

    async listDeliveries(caller, webhookId, { limit = 50, ...asked }) {
      await find(caller, webhookId);
      return store.listDeliveries(webhookId, { ...asked, limit: Math.min(limit, pageMax) });
    },

    async getDelivery(caller, webhookId, deliveryId) {
      await find(caller, webhookId);
      const found = await store.findDelivery(webhookId, deliveryId);
      if (!found) throw noDelivery(deliveryId);
      return found;
    },

    async redeliver(caller, webhookId, deliveryId) {
      const webhook = await find(caller, webhookId);
      const { status } = webhook;
      if (status === "disabled" || status === "paused")
        throw new DomainError(
          "failed_precondition",
          `The webhook '${webhook.name}' is ${status}; turn it on first.`,
        );
      const audited = entered(caller, "webhook.redeliver", webhook, undefined, { delivery: deliveryId });
      if (!(await store.requeue(webhookId, deliveryId, clock.now(), audited))) {
        if (!(await store.findDelivery(webhookId, deliveryId))) throw noDelivery(deliveryId);
        return;
      }
      dependencies.wake();
    },
  };
}

function checkSecrets({ secret, authorization }: WebhookSecrets): WebhookSecrets {
  return {
    ...(secret === undefined ? {} : { secret: requireSecret("secret", secret) }),
    ...(authorization === undefined ? {} : { authorization: requireSecret("authorization", authorization) }),
  };
}

function noDelivery(deliveryId: string): DomainError {
  return new DomainError("not_found", `There is no delivery '${deliveryId}' of this webhook.`, {
    field: "delivery_id",
  });
}

/** Only what changed, and of addresses what names them: their paths may be secrets too. */
function entered(
  caller: Caller,
  action: AuditAction,
  next: Webhook | undefined,
  old?: Webhook,
  more?: Readonly<Record<string, unknown>>,
): Entered {
  const [before, after] = [old, next].map((webhook) => (webhook ? told(webhook) : {}));
  const changed = Object.keys({ ...before, ...after }).filter(
    (key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]),
  );
  const only = (of: Readonly<Record<string, unknown>> | undefined) =>
    Object.fromEntries(changed.flatMap((key) => (of?.[key] === undefined ? [] : [[key, of[key]]])));
  const object = { id: (next ?? old)?.webhookId ?? "", name: (next ?? old)?.name };
  if (more !== undefined) return { caller, event: { action, object, after: more } };
  return {
    caller,
    event: {
      action,
      object,
      ...(old === undefined ? {} : { before: only(before) }),
      ...(next === undefined ? {} : { after: only(after) }),
    },
  };
}

function told(webhook: Webhook): Readonly<Record<string, unknown>> {
  const { name, url, events, model, status, format, isSigned, verifiesTls } = webhook;
  return { name, host: new URL(url).host, events, model, status, format, isSigned, verifiesTls };
}
