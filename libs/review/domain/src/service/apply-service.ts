import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { MoveOutcome } from "@runweir/registry-domain";
import { assessRequest, type Requirement } from "../mergeability/assess-request.ts";
import type { Policy } from "../policy/policy.ts";
import { nameTarget, type ReviewRequest } from "../request/review-request.ts";
import { nextState } from "../request/transition-table.ts";
import { refreshHead, runBuiltInChecks } from "./check-service.ts";
import { requireText, textLimits } from "./check-text.ts";
import type { FoundTarget, ReviewDependencies, ReviewTransaction } from "./dependencies.ts";
import { mayBreakGlass, requireApply } from "./eligibility.ts";
import { asSystem, type Examined, examine } from "./examine.ts";
import { lockRequest, nameRequest, personOf, requireRequest } from "./find-request.ts";
import { policiesMoved } from "./policy-reading.ts";
import { record } from "./record.ts";
import { openRequest } from "./request-service.ts";
import type { Reviews } from "./reviews.ts";
import { saveSettled } from "./settle.ts";

/** How often an application that may follow a base that moves does so; then others are simply faster. */
const followsMax = 3;
/** So that the reason can be understood by who reads it later. */
const reasonMin = 10;
const hourMs = 3_600_000;

export function applyService(dependencies: ReviewDependencies): Pick<Reviews, "apply" | "revert"> {
  const { store, transactions, people, clock } = dependencies;

  async function requireGlass(caller: Caller, policy: Policy): Promise<void> {
    const groups = (await people.groupsOf(personOf(caller))).map(({ name }) => name);
    if (mayBreakGlass(caller, policy, groups)) return;
    throw new DomainError(
      "permission_denied",
      `Permission denied: policy '${policy.name}' does not let ${caller.principal.name} break the glass.`,
      { reason: "break_glass" },
    );
  }

  /** The base is another one now: that is written down, and checks look again. */
  async function followBase(caller: Caller, seen: ReviewRequest, found: readonly FoundTarget[]) {
    if (seen.subject.kind !== "moves") return seen;
    const versionOf = (name: string, otherwise: number | undefined) => {
      const one = found.find(({ target }) => nameTarget(target) === name);
      return one ? one.version : otherwise;
    };
    const moves = seen.subject.moves.map((move) => ({
      ...move,
      from: versionOf(nameTarget(move.target), move.from),
    }));
    const subject = { ...seen.subject, moves };
    const examined = await examine(dependencies, caller, subject);
    const followed = await transactions.run(async (transaction) => {
      const now = clock.now();
      const locked = await lockRequest(transaction.reviews, caller.workspace, seen.requestId);
      if (locked.subject.kind !== "moves" || locked.headDigest !== seen.headDigest) return locked;
      // What was applied is no longer there, so that taking it back is a decision again.
      const moved = { ...locked, subject, preapprovedUntil: undefined };
      const saved = await saveSettled(transaction, caller.workspace, moved, examined, now);
      await record(transaction, asSystem(caller), saved, "base_moved", {
        now,
        before:
          seen.subject.kind === "moves" ? seen.subject.moves.map(({ from }) => from ?? null) : undefined,
        after: moves.map(({ from }) => from ?? null),
      });
      return saved;
    });
    await runBuiltInChecks(dependencies, caller, followed, examined);
    return followed;
  }

  async function attempt(
    caller: Caller,
    seen: ReviewRequest,
    examined: Examined,
    application: Parameters<Reviews["apply"]>[1],
  ): Promise<{ readonly applied: ReviewRequest } | { readonly found: readonly FoundTarget[] }> {
    const { headDigest, overrideReason, archivePrevious } = application;
    try {
      return {
        applied: await transactions.run(async (transaction) => {
          const now = clock.now();
          const { reviews } = transaction;
          const request = await lockRequest(reviews, caller.workspace, seen.requestId);
          if (request.headDigest !== headDigest || request.headDigest !== examined.headDigest)
            throw new DomainError(
              "conflict",
              `Request ${request.requestId} has changed since you looked at it. Look at it again.`,
              { field: "headDigest", reason: "head" },
            );
          const { policy } = examined;
          const requirements = assessRequest({
            request,
            policy,
            now,
            found: examined.found,
            verdicts: await reviews.listVerdicts(request.requestId),
            checks: await reviews.listChecks(request.requestId),
            threads: await reviews.listThreads(request.requestId),
          });
          const missing = requirements.filter(({ isMet, kind }) => !isMet && kind !== "base");
          const isOverride = overrideReason !== undefined;
          if (missing.length > 0 && !(isOverride && missing.every(({ kind }) => kind !== "state")))
            throw notReady(request, missing);
          const outcome = await perform(transaction, caller, request, { policy, archivePrevious, now });
          if (outcome.outcome === "absent") throw candidateGone(outcome);
          if (outcome.outcome === "conflict")
            throw new BaseMoved(outcome.found.map(({ move, version }) => ({ target: move.target, version })));
          const applied: ReviewRequest = {
            ...request,
            state: nextState(request.state, isOverride ? "override" : "apply"),
            appliedBy: personOf(caller),
            endTime: now,
            lastUpdateTime: now,
          };
          await reviews.saveRequest(caller.workspace, applied);
          await record(transaction, caller, applied, isOverride ? "broken_glass" : "applied", {
            now,
            detail: isOverride ? { reason: overrideReason, missing: missing.map(({ text }) => text) } : {},
            before: { state: request.state },
          });
          await finishRevert(transaction, caller, applied, now);
          return applied;
        }),
      };
    } catch (error) {
      if (error instanceof BaseMoved) return { found: error.found };
      throw error;
    }
  }

  return {
    async apply(caller, application) {
      const { requestId, overrideReason } = application;
      if (overrideReason !== undefined)
        requireText("overrideReason", overrideReason, { min: reasonMin, max: textLimits.reason });
      let seen = await requireRequest(store, caller.workspace, requestId);
      for (let follows = 0; ; follows++) {
        const { request, examined } = await refreshHead(dependencies, caller, seen);
        requireApply(caller, request, examined.policy);
        if (overrideReason !== undefined) await requireGlass(caller, examined.policy);
        await runBuiltInChecks(dependencies, caller, request, examined);
        const result = await attempt(caller, request, examined, application);
        if ("applied" in result) return result.applied;
        const before = request.subject;
        seen = await followBase(caller, request, result.found);
        if (examined.policy.require_current_base || follows >= followsMax)
          throw baseMoved(seen, before.kind === "moves" ? result.found : []);
      }
    },

    async revert(caller, requestId) {
      const request = await requireRequest(store, caller.workspace, requestId);
      if (request.subject.kind !== "moves" || request.state !== "applied")
        throw new DomainError(
          "failed_precondition",
          `Request ${requestId} is ${request.state}; only moves that were applied can be taken back.`,
          { field: "state", reason: "request_state" },
        );
      const { policy, found } = await examine(dependencies, caller, request.subject);
      const { model, moves } = request.subject;
      // Pre-approved is the way back from what was approved: not when something else is there now, nor forth again.
      const isThere = moves.every(({ target, to }) => {
        const present = found.find((one) => nameTarget(one.target) === nameTarget(target));
        return present?.version === to;
      });
      const isPreapproved = isThere && request.revertOf === undefined;
      return openRequest(
        dependencies,
        caller,
        {
          model,
          moves: moves.map(({ target, from }) => ({ target, version: from })),
          title: `Revert #${requestId}: ${request.title}`.slice(0, textLimits.title),
          body: `Takes back #${requestId}.`,
        },
        {
          revertOf: requestId,
          preapprovedUntil: isPreapproved ? (request.endTime ?? 0) + policy.revert_hours * hourMs : undefined,
          within: (transaction, opened) =>
            record(transaction, caller, request, "reverted", {
              now: opened.creationTime,
              detail: { by: opened.requestId },
            }),
        },
      );
    },
  };
}

async function perform(
  { reviews, registry }: ReviewTransaction,
  caller: Caller,
  request: ReviewRequest,
  {
    policy,
    archivePrevious = policy.archive_previous,
    now,
  }: { readonly policy: Policy; readonly archivePrevious: boolean | undefined; readonly now: number },
): Promise<MoveOutcome> {
  const { subject } = request;
  const { principal, requestId } = caller;
  if (subject.kind === "policy") {
    const isNew = await reviews.insertPolicies(caller.workspace, {
      revision: subject.baseRevision + 1,
      document: subject.document,
      author: request.author,
      time: now,
      requestId: request.requestId,
    });
    if (!isNew) throw policiesMoved(subject.baseRevision + 1, subject.baseRevision);
    return { outcome: "moved" };
  }
  return registry.moveTargets(
    caller.workspace,
    subject.moves.map(({ target, from, to }) => ({
      model: subject.model,
      target,
      from,
      to,
      // Where nothing is to be archived, the others stay where they are.
      ...(target.kind === "stage" && !archivePrevious ? { retireTo: target.stage } : {}),
    })),
    {
      actor: { id: principal.id, name: principal.name },
      now,
      reason: nameRequest(request),
      requestId: `review-${request.requestId} ${requestId}`,
    },
  );
}

/** The request that was taken back is so now. */
async function finishRevert(
  { reviews }: ReviewTransaction,
  caller: Caller,
  { revertOf }: ReviewRequest,
  now: number,
): Promise<void> {
  if (revertOf === undefined) return;
  const original = await reviews.lockRequest(caller.workspace, revertOf);
  if (original?.state !== "applied") return;
  await reviews.saveRequest(caller.workspace, {
    ...original,
    state: nextState(original.state, "roll_back"),
    lastUpdateTime: now,
  });
}

/** Undoes the transaction on its way out. */
class BaseMoved extends Error {
  readonly found: readonly FoundTarget[];

  constructor(found: readonly FoundTarget[]) {
    super("The base has moved.");
    this.found = found;
  }
}

function baseMoved({ requestId }: ReviewRequest, found: readonly FoundTarget[]): DomainError {
  const said = found.map(
    ({ target, version }) =>
      `${nameTarget(target)} is ${version === undefined ? "nothing" : `version ${version}`} now`,
  );
  return new DomainError(
    "conflict",
    `Request ${requestId} was not applied: its base has moved, ${said.join(", ")}. Its checks have run again against that; look at it, and apply it again.`,
    { reason: "base_moved" },
  );
}

function notReady({ requestId }: ReviewRequest, missing: readonly Requirement[]): DomainError {
  return new DomainError(
    "failed_precondition",
    `Request ${requestId} cannot be applied yet: ${missing.map(({ text }) => text).join("; ")}.`,
    { reason: "not_mergeable" },
  );
}

function candidateGone({
  model,
  version,
}: {
  readonly model: string;
  readonly version?: number | undefined;
}) {
  return new DomainError(
    "failed_precondition",
    version === undefined
      ? `There is no model '${model}' any more.`
      : `Version ${version} of '${model}' is not there any more.`,
    { reason: "candidate_gone" },
  );
}
