export { createWebhooksRouter, type WebhooksApi } from "./webhooks-router.ts";
