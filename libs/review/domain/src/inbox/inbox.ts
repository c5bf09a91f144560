import type { ReviewRequest } from "../request/review-request.ts";

export type InboxReason = "review_requested" | "mentioned" | "checks_failing" | "author";

export interface InboxEntry {
  readonly request: ReviewRequest;
  readonly reason: InboxReason;
  /** Of the newest thing that happened to it. */
  readonly time: number;
}

/** What waits for somebody. `waiting` is what the top bar shows. */
export interface Inbox {
  readonly waiting: number;
  readonly reviewRequested: number;
  readonly mentioned: number;
  readonly checksFailing: number;
}
