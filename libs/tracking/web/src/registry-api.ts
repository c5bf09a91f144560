"use client";

import type { RegistryApi } from "@runweir/registry-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<RegistryApi>("registry");

export const RegistryApiProvider = api.Provider;
export const useRegistryApi = api.useApi;
