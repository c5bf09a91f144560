import type { RequestEvent } from "../review-api.ts";

const words: Readonly<Record<RequestEvent["kind"], string>> = {
  opened: "opened the request",
  edited: "edited it",
  pushed: "put another version in its place",
  published: "asked for review",
  withdrawn: "made it a draft again",
  reviewers_changed: "changed the reviewers",
  approved: "approved",
  changes_requested: "asked for changes",
  commented: "commented",
  resolved: "resolved a thread",
  unresolved: "opened a thread again",
  check_completed: "finished a check",
  base_moved: "moved the target meanwhile",
  policy_changed: "changed the policy it falls under",
  applied: "applied it",
  broken_glass: "applied it although something was missing",
  rejected: "rejected it",
  closed: "closed it",
  reopened: "opened it again",
  reverted: "took it back",
};

/** What happened, with what the event says of it: a reason, a check, a version. */
export function eventWords({ kind, detail }: Pick<RequestEvent, "kind" | "detail">): string {
  if (kind === "check_completed" && Array.isArray(detail.checks)) {
    const failed = Array.isArray(detail.failed) ? detail.failed.map(String) : [];
    return `ran ${detail.checks.length === 1 ? "a check" : `${detail.checks.length} checks`}${failed.length === 0 ? "" : `, failed: ${failed.join(", ")}`}`;
  }
  const plain = (name: string) => {
    const value = detail[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const about = plain("reason") ?? plain("name") ?? plain("check");
  const version = plain("version");
  const which = version === undefined ? "" : `, version ${version}`;
  const conclusion = plain("conclusion");
  return `${words[kind]}${which}${about === undefined ? "" : `: ${about}`}${conclusion === undefined ? "" : ` (${conclusion})`}`;
}
