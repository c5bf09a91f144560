import { DomainError } from "@runweir/errors";
import { type Caller, roleOf } from "@runweir/identity-domain";
import type { ReviewRequest } from "../request/review-request.ts";
import { isPending, nextState } from "../request/transition-table.ts";
import { refreshHead } from "./check-service.ts";
import { requireText, textLimits } from "./check-text.ts";
import type { ReviewDependencies } from "./dependencies.ts";
import { whyNotApprove } from "./eligibility.ts";
import type { Examined } from "./examine.ts";
import { lockRequest, personOf, requireRequest } from "./find-request.ts";
import { record } from "./record.ts";
import type { Reviews } from "./reviews.ts";
import { saveSettled } from "./settle.ts";

export function verdictService(dependencies: ReviewDependencies): Pick<Reviews, "review" | "reject"> {
  const { store, transactions, people, clock } = dependencies;

  async function requireEligible(
    caller: Caller,
    request: ReviewRequest,
    examined: Examined,
  ): Promise<readonly string[]> {
    const groups = (await people.groupsOf(personOf(caller))).map(({ name }) => name);
    const reason = whyNotApprove(caller, request, examined.policy, groups);
    if (reason === undefined) return groups;
    throw new DomainError("permission_denied", `Permission denied: ${reason}.`, { reason: "not_eligible" });
  }

  function requirePending(request: ReviewRequest): void {
    if (isPending(request.state)) return;
    throw new DomainError(
      "failed_precondition",
      `Request ${request.requestId} is ${request.state}; verdicts are on requests that are open.`,
      { field: "state", reason: "request_state" },
    );
  }

  return {
    async review(caller, { requestId, kind, headDigest, body = "" }) {
      requireText("body", body, { max: textLimits.body, min: kind === "request_changes" ? 1 : 0 });
      const seen = await requireRequest(store, caller.workspace, requestId);
      requirePending(seen);
      const { request: fresh, examined } = await refreshHead(dependencies, caller, seen);
      const groups = await requireEligible(caller, fresh, examined);
      return transactions.run(async (transaction) => {
        const now = clock.now();
        const request = await lockRequest(transaction.reviews, caller.workspace, requestId);
        requirePending(request);
        if (headDigest !== request.headDigest)
          throw new DomainError(
            "conflict",
            `Request ${requestId} has changed since you looked at it. Look at it again.`,
            { field: "headDigest", reason: "head" },
          );
        await transaction.reviews.addVerdict(requestId, {
          reviewer: personOf(caller),
          kind,
          body,
          headDigest,
          groups,
          role: roleOf(caller.rights),
          time: now,
        });
        const settled = await saveSettled(transaction, caller.workspace, request, examined, now);
        await record(transaction, caller, settled, kind === "approve" ? "approved" : "changes_requested", {
          now,
          detail: { body },
          after: { head: headDigest, groups, state: settled.state },
        });
        return settled;
      });
    },

    async reject(caller, requestId, reason) {
      requireText("reason", reason, { max: textLimits.reason });
      const seen = await requireRequest(store, caller.workspace, requestId);
      const { request: fresh, examined } = await refreshHead(dependencies, caller, seen);
      await requireEligible(caller, fresh, examined);
      return transactions.run(async (transaction) => {
        const now = clock.now();
        const request = await lockRequest(transaction.reviews, caller.workspace, requestId);
        const rejected: ReviewRequest = {
          ...request,
          state: nextState(request.state, "reject"),
          endTime: now,
          lastUpdateTime: now,
        };
        await transaction.reviews.saveRequest(caller.workspace, rejected);
        await record(transaction, caller, rejected, "rejected", {
          now,
          detail: { reason },
          before: { state: request.state },
          after: { state: "rejected", reason },
        });
        return rejected;
      });
    },
  };
}
