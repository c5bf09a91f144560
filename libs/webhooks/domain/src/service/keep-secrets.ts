import type { Caller } from "@runweir/identity-domain";
import type { WebhookSecrets } from "../webhook.ts";
import type { WebhookSecretStore } from "../webhook-store.ts";

/** Both secrets of a webhook are one text in the store. */
export async function readSecrets(
  secrets: Pick<WebhookSecretStore, "get">,
  workspace: string,
  webhookId: string,
): Promise<WebhookSecrets> {
  const text = await secrets.get(workspace, webhookId);
  return text === undefined ? {} : (JSON.parse(text) as WebhookSecrets);
}

export async function writeSecrets(
  secrets: WebhookSecretStore,
  caller: Caller,
  webhookId: string,
  { secret, authorization }: WebhookSecrets,
): Promise<void> {
  const kept = { ...(secret ? { secret } : {}), ...(authorization ? { authorization } : {}) };
  if (Object.keys(kept).length > 0) await secrets.put(caller, webhookId, JSON.stringify(kept));
  else await secrets.delete(caller, webhookId);
}
