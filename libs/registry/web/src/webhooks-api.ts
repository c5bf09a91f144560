"use client";

import { createSliceApi } from "@runweir/web-trpc-client";
import type { WebhooksApi } from "@runweir/webhooks-trpc";
import type { inferRouterOutputs } from "@trpc/server";

const api = createSliceApi<WebhooksApi>("webhooks");

export const WebhooksApiProvider = api.Provider;
export const useWebhooksApi = api.useApi;

export type Webhook = inferRouterOutputs<WebhooksApi>["list"]["items"][number];
