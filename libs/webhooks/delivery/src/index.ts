export { createSender, type SendWebhook } from "./create-sender.ts";
export { startDelivery, type WebhookDelivery } from "./start-delivery.ts";
