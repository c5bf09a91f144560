import type { Person } from "./review-request.ts";

export const requestEventKinds = [
  "opened",
  "edited",
  "pushed",
  "published",
  "withdrawn",
  "reviewers_changed",
  "approved",
  "changes_requested",
  "commented",
  "resolved",
  "unresolved",
  "check_completed",
  "base_moved",
  "policy_changed",
  "applied",
  "broken_glass",
  "rejected",
  "closed",
  "reopened",
  "reverted",
] as const;
export type RequestEventKind = (typeof requestEventKinds)[number];

/** What happened to a request, for its conversation and for whoever listens outside. */
export interface RequestEvent {
  readonly eventId: number;
  readonly kind: RequestEventKind;
  readonly actor: Person;
  readonly time: number;
  /** What is worth telling of it; plain values. */
  readonly detail: Readonly<Record<string, unknown>>;
}
