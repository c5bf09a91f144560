import type { AuditAction, Caller } from "@runweir/identity-domain";
import type { RequestEventKind } from "../request/request-event.ts";
import { nameTarget, type ReviewRequest } from "../request/review-request.ts";
import type { ReviewTransaction } from "./dependencies.ts";
import { modelOf, nameRequest, personOf } from "./find-request.ts";

/** What is entered into the audit log besides; talk is not. */
const audited: Readonly<Partial<Record<RequestEventKind, AuditAction>>> = {
  opened: "review.open",
  pushed: "review.push",
  approved: "review.approve",
  changes_requested: "review.request-changes",
  applied: "review.apply",
  broken_glass: "review.break-glass",
  rejected: "review.reject",
  closed: "review.close",
};

/** Writes down that something happened to a request: in its conversation, in the audit log, and for whoever listens. */
export async function record(
  { reviews, audit, announce }: ReviewTransaction,
  caller: Caller,
  request: ReviewRequest,
  kind: RequestEventKind,
  options: {
    readonly now: number;
    readonly detail?: Readonly<Record<string, unknown>> | undefined;
    /** Told to who listens besides, and kept nowhere else. */
    readonly told?: Readonly<Record<string, unknown>> | undefined;
    readonly before?: unknown;
    readonly after?: unknown;
  },
): Promise<void> {
  const { now, detail = {}, told } = options;
  const actor = personOf(caller);
  await reviews.addEvent(request.requestId, { kind, actor, time: now, detail });
  await announce({
    workspace: caller.workspace,
    time: now,
    kind: `review.${kind}`,
    actor,
    model: modelOf(request),
    subject: { request: request.requestId, title: request.title, ...movesOf(request), ...detail, ...told },
    before: options.before,
    after: options.after,
  });
  const action = audited[kind];
  if (action === undefined) return;
  audit(caller, {
    action,
    object: { id: String(request.requestId), name: nameRequest(request) },
    before: options.before,
    after: options.after ?? { ...movesOf(request), ...detail, head: request.headDigest },
  });
}

function movesOf({ subject }: ReviewRequest): Readonly<Record<string, unknown>> {
  if (subject.kind === "policy") return { policies: subject.baseRevision + 1 };
  return {
    model: subject.model,
    moves: subject.moves.map(({ target, from, to }) => ({
      target: nameTarget(target),
      from: from ?? null,
      to: to ?? null,
    })),
  };
}
