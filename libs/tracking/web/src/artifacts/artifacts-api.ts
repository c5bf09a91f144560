"use client";

import type { ArtifactsApi } from "@runweir/artifacts-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<ArtifactsApi>("artifacts");

export const ArtifactsApiProvider = api.Provider;
export const useArtifactsApi = api.useApi;
