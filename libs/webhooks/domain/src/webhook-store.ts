import type { AuditEvent, Caller } from "@runweir/identity-domain";
import type { Delivery, DeliveryDetails, DeliveryState } from "./delivery/delivery.ts";
import type { Webhook, WebhookFormat, WebhookPage } from "./webhook.ts";

/** Who did it and what the audit log says of it, in the same transaction. */
export interface Entered {
  readonly caller: Caller;
  readonly event: AuditEvent;
}

export interface WebhookStore {
  insert(workspace: string, webhook: Webhook, entered: Entered): Promise<void>;
  find(workspace: string, webhookId: string): Promise<Webhook | undefined>;
  /** The newest first. */
  list(
    workspace: string,
    asked: {
      readonly format?: WebhookFormat | undefined;
      /** Of this model; `null`: of the whole workspace. */
      readonly model?: string | null | undefined;
      /** Those subscribed to at least one of them. */
      readonly events?: readonly string[] | undefined;
      readonly limit: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<WebhookPage>;
  replace(workspace: string, webhook: Webhook, entered: Entered): Promise<void>;
  remove(workspace: string, webhookId: string, entered: Entered): Promise<void>;
  count(workspace: string): Promise<number>;

  /** The newest first, from before that time and id on. */
  listDeliveries(
    webhookId: string,
    asked: {
      readonly state?: DeliveryState | undefined;
      readonly limit: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<{ readonly items: readonly Delivery[]; readonly nextPageToken?: string | undefined }>;
  findDelivery(webhookId: string, deliveryId: string): Promise<DeliveryDetails | undefined>;
  /** Has it tried anew, from the first attempt on; false when there is none, or it is waiting already. */
  requeue(webhookId: string, deliveryId: string, now: number, entered: Entered): Promise<boolean>;
}

/** Where secrets are kept encrypted. */
export interface WebhookSecretStore {
  put(caller: Caller, webhookId: string, text: string): Promise<void>;
  get(workspace: string, webhookId: string): Promise<string | undefined>;
  delete(caller: Caller, webhookId: string): Promise<void>;
}
