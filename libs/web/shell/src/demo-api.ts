"use client";

import type { DemoApi } from "@runweir/demo-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<DemoApi>("demo");

export const DemoApiProvider = api.Provider;
export const useDemoClient = api.useClient;
