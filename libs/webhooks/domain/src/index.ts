export { hostnameOf } from "./check-draft.ts";
export { composeRequest, type WebhookRequest } from "./delivery/compose-request.ts";
export {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryDetails,
  type DeliveryState,
  deliveryStates,
  type SendResult,
} from "./delivery/delivery.ts";
export type { ClaimedDelivery, DeliveryQueue } from "./delivery/delivery-queue.ts";
export { failuresMax, judgeAttempt, type Verdict } from "./delivery/next-attempt.ts";
export { routeEvent } from "./delivery/route-event.ts";
export {
  databricksEvents,
  eventsOfFormat,
  isMlflowEvent,
  mlflowActions,
  mlflowEntities,
  mlflowEvents,
  ownEvents,
} from "./event/event-names.ts";
export type { RecordedEvent } from "./event/recorded-event.ts";
export { guardWebhooks } from "./guard/guard-webhooks.ts";
export { createWebhooks } from "./service/create-webhooks.ts";
export { readSecrets } from "./service/keep-secrets.ts";
export type { WebhookSearch, Webhooks } from "./service/webhooks.ts";
export {
  type Webhook,
  type WebhookChanges,
  type WebhookDraft,
  type WebhookFormat,
  type WebhookPage,
  type WebhookSecrets,
  type WebhookStatus,
  webhookStatuses,
} from "./webhook.ts";
export type { Entered, WebhookSecretStore, WebhookStore } from "./webhook-store.ts";
