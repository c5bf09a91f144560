"use client";

import type { ReviewApi } from "@runweir/review-trpc";
import { createSliceApi } from "@runweir/web-trpc-client";
import type { inferRouterOutputs } from "@trpc/server";

const api = createSliceApi<ReviewApi>("review");

export const ReviewApiProvider = api.Provider;
export const useReviewApi = api.useApi;
export const useReviewClient = api.useClient;

type Answers = inferRouterOutputs<ReviewApi>;

export type RequestView = Answers["requests"]["get"];
export type Request = RequestView["request"];
export type RequestState = Request["state"];
export type RequestDiff = Answers["requests"]["diff"][number];
export type DiffRow = RequestDiff["diff"]["params"][number];
export type MetricRow = RequestDiff["diff"]["metrics"][number];
export type Thread = RequestView["threads"][number];
export type CheckRun = RequestView["checks"][number];
export type RequestEvent = RequestView["events"][number];
export type Verdict = RequestView["verdicts"][number];
export type InboxEntry = Answers["inbox"]["get"]["entries"][number];
export type PolicyRevision = Answers["policies"]["get"];
export type Simulation = Answers["policies"]["simulate"];
