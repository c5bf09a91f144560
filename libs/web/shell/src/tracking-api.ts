"use client";

import type { TrackingApi } from "@runweir/tracking-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<TrackingApi>("tracking");

export const TrackingApiProvider = api.Provider;
export const useTrackingApi = api.useApi;
export const useTrackingClient = api.useClient;
