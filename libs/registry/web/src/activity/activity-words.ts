import type { ReviewApi } from "@runweir/review-trpc";
import type { inferRouterOutputs } from "@trpc/server";

export type Activity = inferRouterOutputs<ReviewApi>["requests"]["activity"]["items"][number];

const words: Readonly<Record<Activity["kind"], string>> = {
  opened: "opened",
  edited: "edited",
  pushed: "put another version into",
  published: "asked for reviews of",
  withdrawn: "made a draft again of",
  reviewers_changed: "changed the reviewers of",
  approved: "approved",
  changes_requested: "asked for changes to",
  commented: "commented on",
  resolved: "resolved a thread of",
  unresolved: "opened a thread again of",
  check_completed: "checked",
  base_moved: "looked again at",
  policy_changed: "looked again at",
  applied: "applied",
  broken_glass: "broke the glass for",
  rejected: "rejected",
  closed: "closed",
  reopened: "opened again",
  reverted: "began to take back",
};

/** What somebody did to a request, before its title. */
export function activityWords({ kind }: Pick<Activity, "kind">): string {
  return words[kind];
}

/** Why, where somebody had to say it. */
export function reasonOf({ detail }: Pick<Activity, "detail">): string | undefined {
  const { reason, body } = detail;
  const text = typeof reason === "string" ? reason : body;
  return typeof text === "string" && text !== "" ? text : undefined;
}
