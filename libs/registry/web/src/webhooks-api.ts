"use client";

import { createSliceApi } from "@runweir/web-trpc-client";
import type { WebhooksApi } from "@runweir/webhooks-trpc";

const api = createSliceApi<WebhooksApi>("webhooks");

export const WebhooksApiProvider = api.Provider;
export const useWebhooksApi = api.useApi;
