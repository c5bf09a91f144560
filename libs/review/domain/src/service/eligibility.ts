import { DomainError } from "@runweir/errors";
import {
  type Caller,
  decide,
  holdsRole,
  requirePermission,
  roleOf,
  workspaceRoles,
} from "@runweir/identity-domain";
import { isOwn } from "../mergeability/assess-request.ts";
import { openPolicy, type Policy } from "../policy/policy.ts";
import { type Comment, isSamePerson, type Move, type ReviewRequest } from "../request/review-request.ts";
import { modelOf, personOf } from "./find-request.ts";

/** Why the caller's approval would not count, in words; undefined when it does. */
export function whyNotApprove(
  caller: Caller,
  request: ReviewRequest,
  policy: Policy,
  groups: readonly string[],
): string | undefined {
  const person = personOf(caller);
  if (policy.no_self_approval && isOwn(request, person))
    return isSamePerson(request.author, person)
      ? "whoever opened a request does not approve it"
      : "whoever chose the candidate does not approve it";
  const model = modelOf(request);
  const named = [...new Set([...policy.approvals.groups.map(({ group }) => group), ...request.owners])];
  if (named.some((group) => groups.includes(group))) return undefined;
  if (holdsAny(caller, Object.keys(policy.approvals.roles))) return undefined;
  if (named.length > 0) return `it takes a member of ${named.join(" or ")}`;
  const decision =
    model === undefined
      ? decide(caller, "workspace.manage")
      : decide(caller, "model.edit", { kind: "model", name: model });
  return decision.allowed ? undefined : decision.reason;
}

/** What moving a version into a stage takes of who does it alone. */
const stagePermissions = { Staging: "model.staging", Production: "model.production" } as const;

/**
 * To apply what others have approved, an edit of the model is enough. Where nobody has to approve, it takes what moving the
 * target by hand takes.
 */
export function requireApply(caller: Caller, request: ReviewRequest, policy: Policy): void {
  if (request.subject.kind === "policy") {
    requirePermission(caller, "workspace.manage");
    return;
  }
  const { model: name, moves } = request.subject;
  requirePermission(caller, "model.edit", { kind: "model", name });
  if (policy !== openPolicy && asksSomebody(policy, request)) return;
  for (const { target } of moves) {
    if (target.kind === "alias") {
      requirePermission(caller, "alias.move", { kind: "alias", model: name, alias: target.alias });
      continue;
    }
    const permission = Object.entries(stagePermissions).find(([stage]) => stage === target.stage)?.[1];
    if (permission) requirePermission(caller, permission, { kind: "model", name });
  }
}

function asksSomebody({ approvals }: Policy, request: ReviewRequest): boolean {
  return (
    approvals.count > 0 ||
    approvals.groups.length > 0 ||
    Object.keys(approvals.roles).length > 0 ||
    request.owners.length > 0
  );
}

export function mayBreakGlass(caller: Caller, policy: Policy, groups: readonly string[]): boolean {
  const { break_glass: glass } = policy;
  if (!glass) return false;
  return holdsAny(caller, glass.roles) || glass.groups.some((group) => groups.includes(group));
}

/** Whether they have one of these roles, or a higher one. */
function holdsAny({ rights }: Caller, roles: readonly string[]): boolean {
  const role = roleOf(rights);
  return role !== undefined && workspaceRoles.some((one) => roles.includes(one) && holdsRole(role, one));
}

/** Its author, whoever chose the candidate, and who manages the model. */
export function mayManage(caller: Caller, request: ReviewRequest): boolean {
  return isOwn(request, personOf(caller)) || manages(caller, request);
}

/** Their own comments; taking away, everybody's for who manages the model. */
export function mayTouch(
  caller: Caller,
  request: ReviewRequest,
  { author, isDeleted }: Pick<Comment, "author" | "isDeleted">,
): { readonly edit: boolean; readonly delete: boolean } {
  const isTheirs = !isDeleted && isSamePerson(author, personOf(caller));
  return { edit: isTheirs, delete: isTheirs || (!isDeleted && manages(caller, request)) };
}

function manages(caller: Caller, request: ReviewRequest): boolean {
  const name = modelOf(request);
  return name === undefined
    ? decide(caller, "workspace.manage").allowed
    : decide(caller, "model.manage", { kind: "model", name }).allowed;
}

export function requireManage(caller: Caller, request: ReviewRequest, what: string): void {
  if (mayManage(caller, request)) return;
  throw new DomainError(
    "permission_denied",
    `Permission denied: only ${request.author.name} and who manages ${modelOf(request) === undefined ? "the workspace" : "the model"} may ${what}.`,
    { reason: "not_author" },
  );
}

export function changesNothing(moves: readonly Move[]): boolean {
  return moves.every(({ from, to }) => from === to);
}
