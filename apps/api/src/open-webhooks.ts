import { DomainError } from "@runweir/errors";
import { appendAudit, createSecretStore, deleteSecret } from "@runweir/identity-postgres";
import type { Outbox } from "@runweir/outbox";
import type { Database } from "@runweir/postgres";
import { createSecretBox, readInstanceKeys, SecretText } from "@runweir/secrets";
import { createSender, startDelivery } from "@runweir/webhooks-delivery";
import {
  createWebhooks,
  readSecrets,
  type WebhookSecretStore,
  type Webhooks,
} from "@runweir/webhooks-domain";
import { createDeliveryQueue, createWebhookStore, queueDeliveries } from "@runweir/webhooks-postgres";
import type { ApiSettings } from "./config.ts";

/** Webhooks and their delivery, from the outbox to where they go. */
export async function openWebhooks(options: {
  readonly settings: Pick<ApiSettings, "webhookPrivateHosts" | "secretKeys">;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: { now(): number };
  newId(): string;
  warn(message: string, error: unknown): void;
}): Promise<{ readonly webhooks: Webhooks; stop(): Promise<void> }> {
  const { database, outbox, clock, newId, warn } = options;
  const hosts = new Set(options.settings.webhookPrivateHosts.map((host) => host.toLowerCase()));
  const isPrivateHost = (hostname: string) => hosts.has(hostname.toLowerCase());
  const secrets = await openSecrets(database, options.settings.secretKeys);
  const send = createSender({ isPrivateHost });
  const delivery = startDelivery({
    queue: createDeliveryQueue({ database }),
    send,
    secretsOf: (workspace, webhookId) => readSecrets(secrets, workspace, webhookId),
    clock,
    random: Math.random,
    onError: warn,
  });
  outbox.follow("webhooks", queueDeliveries({ clock, newId }), delivery.wake);
  const webhooks = createWebhooks({
    store: createWebhookStore({ database, enter: appendAudit }),
    secrets,
    send,
    isPrivateHost,
    clock,
    newId,
    wake: delivery.wake,
  });
  return { webhooks, stop: delivery.stop };
}

/** In the installation's store of secrets; where that has no key, webhooks go without. */
async function openSecrets(
  database: Database,
  place: ApiSettings["secretKeys"],
): Promise<WebhookSecretStore> {
  const placeOf = (workspace: string, webhookId: string) => ({ workspace, name: `webhooks/${webhookId}` });
  if (!place.text && !place.file)
    return {
      get: async () => undefined,
      async put() {
        throw new DomainError(
          "failed_precondition",
          "Secrets of webhooks are kept encrypted, and this installation has no key: set RUNWEIR_SECRET_KEY_FILE.",
          { field: "secret" },
        );
      },
      delete: async (caller, webhookId) =>
        void (await deleteSecret(database, caller, placeOf(caller.workspace, webhookId))),
    };
  const store = createSecretStore({
    database,
    box: createSecretBox({ keys: await readInstanceKeys(place) }),
  });
  return {
    get: async (workspace, webhookId) => (await store.get(placeOf(workspace, webhookId)))?.reveal(),
    put: (caller, webhookId, text) =>
      store.put(caller, placeOf(caller.workspace, webhookId), new SecretText(text)),
    delete: async (caller, webhookId) =>
      void (await store.delete(caller, placeOf(caller.workspace, webhookId))),
  };
}
