export { createDeliveryQueue } from "./delivery-queue.ts";
export { webhooksMigrations } from "./migrations-folder.ts";
export { queueDeliveries } from "./queue-deliveries.ts";
export { createWebhookStore } from "./webhook-store.ts";
