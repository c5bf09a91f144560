"use client";

import type { AnalyticsApi } from "@runweir/analytics-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<AnalyticsApi>("analytics");

export const AnalyticsApiProvider = api.Provider;
export const useAnalyticsApi = api.useApi;
export const useAnalyticsClient = api.useClient;
