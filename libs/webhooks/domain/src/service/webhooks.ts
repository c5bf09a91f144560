import type { Caller } from "@runweir/identity-domain";
import type { Delivery, DeliveryDetails, DeliveryState, SendResult } from "../delivery/delivery.ts";
import type { Webhook, WebhookChanges, WebhookDraft, WebhookFormat, WebhookPage } from "../webhook.ts";

/** Everything about webhooks that doors ask for. */
export interface Webhooks {
  create(caller: Caller, draft: WebhookDraft): Promise<Webhook>;
  get(caller: Caller, webhookId: string): Promise<Webhook>;
  list(caller: Caller, asked: WebhookSearch): Promise<WebhookPage>;
  update(caller: Caller, webhookId: string, changes: WebhookChanges): Promise<Webhook>;
  delete(caller: Caller, webhookId: string): Promise<void>;
  /** Sends an example of an event, its first one unless told, at once and once. */
  test(caller: Caller, webhookId: string, event?: string): Promise<SendResult>;
  listDeliveries(
    caller: Caller,
    webhookId: string,
    asked: {
      readonly state?: DeliveryState | undefined;
      readonly limit?: number | undefined;
      readonly pageToken?: string | undefined;
    },
  ): Promise<{ readonly items: readonly Delivery[]; readonly nextPageToken?: string | undefined }>;
  getDelivery(caller: Caller, webhookId: string, deliveryId: string): Promise<DeliveryDetails>;
  /** Sends the same body under the same id again. */
  redeliver(caller: Caller, webhookId: string, deliveryId: string): Promise<void>;
}

export interface WebhookSearch {
  readonly format?: WebhookFormat | undefined;
  /** Of this model; `null`: of the whole workspace; absent: of both. */
  readonly model?: string | null | undefined;
  readonly events?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly pageToken?: string | undefined;
}
