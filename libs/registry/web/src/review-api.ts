"use client";

import type { ReviewApi } from "@runweir/review-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";

const api = createSliceApi<ReviewApi>("review");

export const ReviewApiProvider = api.Provider;
export const useReviewApi = api.useApi;
export const useReviewClient = api.useClient;
