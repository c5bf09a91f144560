import { DomainError } from "@runweir/errors";
import { type Caller, decide } from "@runweir/identity-domain";
import { diffLines } from "../diff/diff-lines.ts";
import { countChanges, diffVersions } from "../diff/diff-versions.ts";
import { assessRequest, countedApprovals, isStale } from "../mergeability/assess-request.ts";
import type { Policy } from "../policy/policy.ts";
import { policyOfAll } from "../policy/select-policy.ts";
import type { ReviewRequest } from "../request/review-request.ts";
import { hasEnded, isPending } from "../request/transition-table.ts";
import type { FoundTarget, ReviewDependencies } from "./dependencies.ts";
import { mayBreakGlass, mayManage, mayTouch, requireApply, whyNotApprove } from "./eligibility.ts";
import { personOf, requireRequest } from "./find-request.ts";
import { policyOfChanges, readPolicies } from "./policy-reading.ts";
import type { RequestDiff, RequestView, Reviews } from "./reviews.ts";

const activityMax = 1_000;

export function viewService(
  dependencies: ReviewDependencies,
): Pick<Reviews, "get" | "diff" | "compare" | "listActivity"> {
  const { store, targets, facts, people, clock } = dependencies;

  async function policyOf(caller: Caller, { subject }: ReviewRequest): Promise<Policy> {
    const { document } = await readPolicies(store, caller.workspace);
    return subject.kind === "policy"
      ? policyOfChanges(document)
      : policyOfAll(
          document,
          subject.model,
          subject.moves.map(({ target }) => target),
        );
  }

  /** What targets point at; of a model that is gone nothing is known. */
  async function findTargets(caller: Caller, { subject }: ReviewRequest): Promise<readonly FoundTarget[]> {
    if (subject.kind === "policy") return [];
    const wanted = subject.moves.map(({ target }) => target);
    return targets.find(caller.workspace, subject.model, wanted).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "not_found") return [];
      throw error;
    });
  }

  async function findBaseSince(
    { workspace }: Caller,
    { subject, state }: ReviewRequest,
    found: readonly FoundTarget[],
  ): Promise<number | undefined> {
    if (subject.kind === "policy" || hasEnded(state)) return undefined;
    const [move, ...others] = subject.moves;
    const isThere = move?.from !== undefined && found[0]?.version === move.from;
    if (!isThere || others.length > 0) return undefined;
    return targets.findSince(workspace, subject.model, move.target);
  }

  async function factsOf(caller: Caller, model: string, version: number | undefined) {
    return version === undefined ? undefined : facts.read(caller, model, version);
  }

  return {
    async get(caller, requestId) {
      const request = await requireRequest(store, caller.workspace, requestId);
      const [policy, verdicts, threads, checks, events, found, groups] = await Promise.all([
        policyOf(caller, request),
        store.listVerdicts(requestId),
        store.listThreads(requestId),
        store.listChecks(requestId),
        store.listEvents(requestId),
        findTargets(caller, request),
        people.groupsOf(personOf(caller)),
      ]);
      const names = groups.map(({ name }) => name);
      const requirements = assessRequest({
        request,
        policy,
        verdicts,
        checks,
        threads,
        now: clock.now(),
        // What became of the targets since does not concern a request that has ended.
        found: hasEnded(request.state) ? [] : found,
      });
      const counted = countedApprovals(request, policy, verdicts);
      const approveReason = isPending(request.state)
        ? whyNotApprove(caller, request, policy, names)
        : `it is ${request.state}`;
      const manages = mayManage(caller, request);
      const applies = isAllowed(() => requireApply(caller, request, policy));
      const view: RequestView = {
        request,
        policy,
        events,
        found,
        baseSince: await findBaseSince(caller, request, found),
        requirements,
        threads: threads.map((thread) => ({
          ...thread,
          comments: thread.comments.map((comment) => {
            const may = mayTouch(caller, request, comment);
            return { ...comment, mayEdit: may.edit, mayDelete: may.delete };
          }),
        })),
        verdicts: verdicts.map((verdict) => ({
          ...verdict,
          isStale: isStale(verdict, request, policy),
          isCounted: counted.includes(verdict),
        })),
        checks: checks.map((run) => ({
          ...run,
          isRequired: policy.checks.includes(run.name),
          isCurrent: run.headDigest === request.headDigest,
        })),
        canBeApplied: requirements.every(({ isMet }) => isMet),
        may: {
          edit: manages,
          approve: approveReason === undefined,
          approveReason,
          apply: applies && isPending(request.state),
          override: applies && isPending(request.state) && mayBreakGlass(caller, policy, names),
          close: manages && !hasEnded(request.state),
          revert: request.state === "applied" && mayReview(caller, request),
        },
      };
      return view;
    },

    async diff(caller, requestId) {
      const request = await requireRequest(store, caller.workspace, requestId);
      const { subject } = request;
      if (subject.kind === "policy") {
        const revisions = await store.listPolicies(caller.workspace, 1_000);
        const before = revisions.find(({ revision }) => revision === subject.baseRevision)?.document ?? "";
        const document = diffLines(before, subject.document);
        const changes = document.filter(({ change }) => change !== "same").length;
        const diff = diffVersions(undefined, undefined);
        return [{ move: undefined, base: undefined, candidate: undefined, diff, document, changes }];
      }
      const policy = await policyOf(caller, request);
      const { model } = subject;
      return Promise.all(
        subject.moves.map(async (move): Promise<RequestDiff> => {
          // Either may have been deleted since; the other can still be looked at.
          const read = (version: number | undefined) => factsOf(caller, model, version).catch(unlessGone);
          const [base, candidate] = await Promise.all([read(move.from), read(move.to)]);
          const { directions } = policy.metrics;
          const diff = diffVersions(base, candidate, { directions });
          return { move, base, candidate, diff, changes: countChanges(diff) };
        }),
      );
    },

    listActivity: ({ workspace }, model, { version, before, limit = 50 }) =>
      store.listActivity(workspace, model, {
        version,
        before,
        limit: Math.min(Math.max(1, limit), activityMax),
      }),

    async compare(caller, model, baseVersion, candidateVersion) {
      const [base, candidate] = await Promise.all([
        factsOf(caller, model, baseVersion),
        factsOf(caller, model, candidateVersion),
      ]);
      const diff = diffVersions(base, candidate);
      return { move: undefined, base, candidate, diff, changes: countChanges(diff) };
    },
  };
}

function unlessGone(error: unknown): undefined {
  if (error instanceof DomainError && error.code === "not_found") return undefined;
  throw error;
}

function isAllowed(ask: () => void): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

function mayReview(caller: Caller, { subject }: ReviewRequest): boolean {
  return subject.kind === "moves"
    ? decide(caller, "model.review", { kind: "model", name: subject.model }).allowed
    : false;
}
