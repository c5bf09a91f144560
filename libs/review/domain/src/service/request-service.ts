import { DomainError } from "@runweir/errors";
import { type Caller, readable, requirePermission } from "@runweir/identity-domain";
import { isOwn } from "../mergeability/assess-request.ts";
import type { RequestEventKind } from "../request/request-event.ts";
import { type Move, nameTarget, type ReviewRequest } from "../request/review-request.ts";
import { hasEnded, nextState, type RequestAction } from "../request/transition-table.ts";
import { runBuiltInChecks } from "./check-service.ts";
import { requireText, textLimits } from "./check-text.ts";
import type { ReviewDependencies, ReviewTransaction } from "./dependencies.ts";
import { changesNothing, requireManage } from "./eligibility.ts";
import { type Examined, examine } from "./examine.ts";
import { lockRequest, personOf, requireRequest } from "./find-request.ts";
import { record } from "./record.ts";
import { findReviewers } from "./reviewers.ts";
import type { RequestDraft, Reviews } from "./reviews.ts";
import { saveSettled, settle } from "./settle.ts";

type Methods = Pick<
  Reviews,
  "open" | "list" | "count" | "edit" | "push" | "publish" | "withdraw" | "close" | "reopen"
>;

const pageMax = 200;
const movesMax = 1_000;

export function requestService(dependencies: ReviewDependencies): Methods {
  const { store, transactions, clock } = dependencies;

  /** One step of the table, and what is written down of it. */
  async function step(
    caller: Caller,
    requestId: number,
    action: RequestAction,
    kind: RequestEventKind,
    change: (request: ReviewRequest, now: number) => ReviewRequest,
    options: { readonly settles?: true; readonly detail?: Readonly<Record<string, unknown>> } = {},
  ): Promise<ReviewRequest> {
    const seen = await requireRequest(store, caller.workspace, requestId);
    requireManage(caller, seen, action);
    const examined = options.settles ? await examine(dependencies, caller, seen.subject) : undefined;
    return transactions.run(async (transaction) => {
      const now = clock.now();
      const request = await lockRequest(transaction.reviews, caller.workspace, requestId);
      const moved = change({ ...request, state: nextState(request.state, action) }, now);
      const next = { ...moved, lastUpdateTime: now };
      if (!examined) await transaction.reviews.saveRequest(caller.workspace, next);
      const saved = examined ? await saveSettled(transaction, caller.workspace, next, examined, now) : next;
      await record(transaction, caller, saved, kind, {
        now,
        ...(options.detail ? { detail: options.detail } : {}),
        before: { state: request.state },
        after: { state: saved.state },
      });
      return saved;
    });
  }

  return {
    open: (caller, draft) => openRequest(dependencies, caller, draft),

    list: (caller, { limit = 50, ...filter }) =>
      store.listRequests(caller.workspace, {
        ...filter,
        limit: Math.min(Math.max(1, limit), pageMax),
        visible: readable(caller, "model"),
      }),

    count: (caller, filter) =>
      store.countStates(caller.workspace, { ...filter, visible: readable(caller, "model") }),

    async edit(caller, { requestId, title, body, reviewers }) {
      requireManage(caller, await requireRequest(store, caller.workspace, requestId), "edit it");
      const found = reviewers && (await findReviewers(dependencies.people, reviewers));
      return transactions.run(async (transaction) => {
        const now = clock.now();
        const request = await lockRequest(transaction.reviews, caller.workspace, requestId);
        const changed: ReviewRequest = {
          ...request,
          title:
            title === undefined
              ? request.title
              : requireText("title", title, { min: 1, max: textLimits.title }),
          body: body === undefined ? request.body : requireText("body", body, { max: textLimits.body }),
          reviewers: found ?? request.reviewers,
          lastUpdateTime: now,
        };
        await transaction.reviews.saveRequest(caller.workspace, changed);
        const kind = title === undefined && body === undefined ? "reviewers_changed" : "edited";
        const names = changed.reviewers.map(({ name }) => name);
        await record(transaction, caller, changed, kind, { now, detail: { reviewers: names } });
        return changed;
      });
    },

    async push(caller, requestId, version) {
      const seen = await requireRequest(store, caller.workspace, requestId);
      if (seen.subject.kind !== "moves")
        throw new DomainError("failed_precondition", "A request about policies has no version.", {
          field: "version",
        });
      if (hasEnded(seen.state))
        throw new DomainError("failed_precondition", `Request ${requestId} is ${seen.state}.`, {
          field: "state",
        });
      // Its approvals are those of what was there before, and of nothing else.
      if (seen.revertOf !== undefined)
        throw new DomainError(
          "failed_precondition",
          `Request ${requestId} takes back request ${seen.revertOf}; for another version open another request.`,
          { field: "version" },
        );
      const { model } = seen.subject;
      if (!isOwn(seen, personOf(caller)))
        requirePermission(caller, "model.edit", { kind: "model", name: model });
      const before = seen.subject.moves.map(({ to }) => to ?? null);
      const moves = seen.subject.moves.map(
        (move): Move => (move.to === undefined ? move : { ...move, to: version }),
      );
      requireChange(moves);
      const subject = { kind: "moves", model, moves } as const;
      const examined = await examine(dependencies, caller, subject);
      const saved = await transactions.run(async (transaction) => {
        const now = clock.now();
        const request = await lockRequest(transaction.reviews, caller.workspace, requestId);
        if (hasEnded(request.state))
          throw new DomainError("conflict", `Request ${requestId} is ${request.state}.`);
        const versions = (all: readonly Move[]) => all.map(({ target, to }) => ({ target, version: to }));
        const isOurs =
          request.subject.kind === "moves" &&
          request.title === titleOf({ model, moves: versions(request.subject.moves) });
        const title = isOurs ? titleOf({ model, moves: versions(moves) }) : request.title;
        const pushed = { ...request, title, subject, candidateBy: personOf(caller) };
        const settled = await saveSettled(transaction, caller.workspace, pushed, examined, now);
        await record(transaction, caller, settled, "pushed", {
          now,
          detail: { version },
          before: { versions: before, head: request.headDigest },
          after: { version, head: settled.headDigest },
        });
        return settled;
      });
      await runBuiltInChecks(dependencies, caller, saved, examined);
      return saved;
    },

    publish: (caller, requestId) =>
      step(caller, requestId, "publish", "published", (request) => request, { settles: true }),
    withdraw: (caller, requestId) => step(caller, requestId, "withdraw", "withdrawn", (request) => request),
    close: (caller, requestId, reason = "") =>
      step(caller, requestId, "close", "closed", (request, now) => ({ ...request, endTime: now }), {
        detail: { reason: requireText("reason", reason, { max: textLimits.reason }) },
      }),
    reopen: (caller, requestId) =>
      step(caller, requestId, "reopen", "reopened", (request) => ({ ...request, endTime: undefined }), {
        settles: true,
      }),
  };
}

/** Opens a request. `more`: what only a revert says. */
export async function openRequest(
  dependencies: ReviewDependencies,
  caller: Caller,
  draft: RequestDraft,
  more: Partial<Pick<ReviewRequest, "revertOf" | "preapprovedUntil">> & {
    readonly within?: ((transaction: ReviewTransaction, request: ReviewRequest) => Promise<void>) | undefined;
  } = {},
): Promise<ReviewRequest> {
  const { model, isDraft = false } = draft;
  requireMoves(draft);
  const title = requireText("title", draft.title ?? titleOf(draft), { min: 1, max: textLimits.title });
  const body = requireText("body", draft.body ?? "", { max: textLimits.body });
  const reviewers = await findReviewers(dependencies.people, draft.reviewers ?? []);
  const found = await dependencies.targets.find(
    caller.workspace,
    model,
    draft.moves.map(({ target }) => target),
  );
  const moves = found.map(
    ({ target, version }, index): Move => ({ target, from: version, to: draft.moves[index]?.version }),
  );
  requireChange(moves);
  const subject = { kind: "moves", model, moves } as const;
  const examined = await examine(dependencies, caller, subject);
  requireBatch(examined, moves.length);
  const { within, ...rest } = more;
  const author = personOf(caller);
  const request = await insertRequest(dependencies, caller, examined, {
    subject,
    title,
    body,
    author,
    candidateBy: author,
    isDraft,
    reviewers,
    revertOf: rest.revertOf,
    preapprovedUntil: rest.preapprovedUntil,
    within,
  });
  await runBuiltInChecks(dependencies, caller, request, examined);
  return request;
}

export async function insertRequest(
  { transactions, people, clock }: ReviewDependencies,
  caller: Caller,
  examined: Examined,
  draft: Pick<
    ReviewRequest,
    "subject" | "title" | "body" | "author" | "candidateBy" | "reviewers" | "revertOf" | "preapprovedUntil"
  > & {
    readonly isDraft: boolean;
    readonly within?: ((transaction: ReviewTransaction, request: ReviewRequest) => Promise<void>) | undefined;
  },
): Promise<ReviewRequest> {
  const { isDraft, within, ...fields } = draft;
  // Groups that have to approve are asked without anybody naming them.
  const groups = [...examined.policy.approvals.groups.map(({ group }) => group), ...examined.owners];
  const asked = (await people.find([...new Set(groups)])).filter(({ kind }) => kind === "group");
  const known = new Set(fields.reviewers.map(({ kind, id }) => `${kind}:${id}`));
  const reviewers = [...fields.reviewers, ...asked.filter(({ kind, id }) => !known.has(`${kind}:${id}`))];
  return transactions.run(async (transaction) => {
    const now = clock.now();
    const made = settle(
      {
        ...fields,
        reviewers,
        requestId: 0,
        state: isDraft ? "draft" : "open",
        headDigest: examined.headDigest,
        policy: { name: examined.policy.name, revision: examined.revision },
        owners: examined.owners,
        creationTime: now,
        lastUpdateTime: now,
        endTime: undefined,
        appliedBy: undefined,
      },
      examined,
      [],
      now,
    );
    const request = await transaction.reviews.insertRequest(caller.workspace, made);
    await record(transaction, caller, request, "opened", { now });
    await within?.(transaction, request);
    return request;
  });
}

/** What a request is called while nobody called it otherwise. */
function titleOf({ model, moves }: Pick<RequestDraft, "model" | "moves">): string {
  const [first] = moves;
  if (!first) return model;
  const rest = moves.length > 1 ? ` and ${moves.length - 1} more` : "";
  return first.version === undefined
    ? `Take ${nameTarget(first.target)} away${rest}`
    : `Promote version ${first.version} to ${nameTarget(first.target)}${rest}`;
}

function requireMoves({ moves }: RequestDraft): void {
  if (moves.length === 0 || moves.length > movesMax)
    throw new DomainError(
      "invalid_argument",
      `moves has ${moves.length} entries; 1 to ${movesMax} are allowed.`,
      {
        field: "moves",
      },
    );
  const names = moves.map(({ target }) => nameTarget(target));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new DomainError("invalid_argument", `moves names ${twice} twice; each target may be moved once.`, {
      field: "moves",
    });
}

function requireChange(moves: readonly Move[]): void {
  if (!changesNothing(moves)) return;
  const said = moves.map(
    ({ target, to }) => `${nameTarget(target)} is ${to === undefined ? "nothing" : `version ${to}`}`,
  );
  throw new DomainError("failed_precondition", `Nothing would change: ${said.join(", ")} already.`, {
    field: "moves",
    reason: "no_change",
  });
}

function requireBatch({ policy }: Examined, count: number): void {
  if (count <= policy.max_batch) return;
  throw new DomainError(
    "invalid_argument",
    `moves has ${count} entries; policy '${policy.name}' allows ${policy.max_batch} at once.`,
    { field: "moves" },
  );
}
