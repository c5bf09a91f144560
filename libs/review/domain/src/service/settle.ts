import { assessApprovals, isPreapproved } from "../mergeability/assess-request.ts";
import type { Policy } from "../policy/policy.ts";
import type { ReviewRequest, Verdict } from "../request/review-request.ts";
import { nextState } from "../request/transition-table.ts";
import type { ReviewTransaction } from "./dependencies.ts";
import type { Examined } from "./examine.ts";

/** The request with the head that was found, and in the state that what was said of that head makes. */
export function settle(
  request: ReviewRequest,
  examined: Pick<Examined, "policy" | "revision" | "owners" | "headDigest">,
  verdicts: readonly Verdict[],
  now: number,
): ReviewRequest {
  const headed: ReviewRequest = {
    ...request,
    headDigest: examined.headDigest,
    policy: { name: examined.policy.name, revision: examined.revision },
    owners: examined.owners,
    lastUpdateTime: now,
  };
  return { ...headed, state: settledState(headed, examined.policy, verdicts, now) };
}

function settledState(
  request: ReviewRequest,
  policy: Policy,
  verdicts: readonly Verdict[],
  now: number,
): ReviewRequest["state"] {
  const { state } = request;
  if (state !== "open" && state !== "approved" && state !== "queued") return state;
  const isApproved =
    isPreapproved({ request, now }) ||
    assessApprovals({ request, policy, verdicts }).every(({ isMet }) => isMet);
  if (isApproved) return state === "open" ? nextState(state, "approve") : state;
  if (state === "queued") return nextState(state, "dequeue");
  return state === "approved" ? nextState(state, "unapprove") : state;
}

/** Settles a request that is locked, and writes it down. */
export async function saveSettled(
  { reviews }: ReviewTransaction,
  workspace: string,
  request: ReviewRequest,
  examined: Examined,
  now: number,
): Promise<ReviewRequest> {
  const settled = settle(request, examined, await reviews.listVerdicts(request.requestId), now);
  await reviews.saveRequest(workspace, settled);
  return settled;
}
