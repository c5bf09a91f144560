"use client";

import type { NotificationsApi } from "@runweir/notifications-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<NotificationsApi>("notifications");

export const NotificationsApiProvider = api.Provider;
export const useNotificationsApi = api.useApi;
export const useNotificationsClient = api.useClient;
