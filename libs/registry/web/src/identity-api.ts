"use client";

import type { IdentityApi } from "@runweir/identity-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<IdentityApi>("identity");

export const IdentityApiProvider = api.Provider;
export const useIdentityApi = api.useApi;
export const useIdentityClient = api.useClient;
