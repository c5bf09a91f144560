import { DomainError } from "@runweir/errors";
import {
  type Caller,
  type GuardRules,
  guardService,
  type Permission,
  requirePermission,
} from "@runweir/identity-domain";
import type { Reviews } from "../service/reviews.ts";
import { type RequestOwners, requireRequestAccess } from "./require-request.ts";

type ReviewNeed =
  | { readonly permission: Permission; readonly model?: string }
  | { readonly permission: Permission; readonly requestId: number }
  | { readonly permission: Permission; readonly commentId: number };
type Needs = readonly ReviewNeed[];

const reads = (requestId: number): Needs => [{ permission: "model.read", requestId }];
const talks = (requestId: number): Needs => [{ permission: "model.review", requestId }];
const workspace = (permission: Permission) => (): Needs => [{ permission }];

/** Who may talk, and who may look. What a policy asks of people besides, the service asks itself. */
const rules: GuardRules<Omit<Reviews, "reportCheck">, ReviewNeed> = {
  open: ({ model }) => [{ permission: "model.review", model }],
  get: reads,
  list: () => [{ permission: "model.read" }],
  count: () => [{ permission: "model.read" }],
  edit: ({ requestId }) => talks(requestId),
  push: talks,
  publish: talks,
  withdraw: talks,
  close: talks,
  reopen: talks,
  review: ({ requestId }) => talks(requestId),
  reject: talks,
  comment: ({ requestId }) => talks(requestId),
  editComment: (commentId) => [{ permission: "model.review", commentId }],
  deleteComment: (commentId) => [{ permission: "model.review", commentId }],
  resolveThread: talks,
  diff: reads,
  compare: (model) => [{ permission: "model.read", model }],
  runChecks: talks,
  apply: ({ requestId }) => talks(requestId),
  revert: talks,
  listActivity: (model) => [{ permission: "model.read", model }],
  inbox: workspace("workspace.read"),
  markRead: workspace("workspace.read"),
  getPolicies: workspace("workspace.read"),
  listPolicies: workspace("workspace.read"),
  policyFor: (model) => [{ permission: "model.read", model }],
  proposePolicies: workspace("workspace.manage"),
  simulatePolicies: workspace("workspace.manage"),
  createCheckToken: workspace("workspace.manage"),
  listCheckTokens: workspace("workspace.manage"),
  revokeCheckToken: workspace("workspace.manage"),
};

/** Reviews as doors get them. `reportCheck` has no caller: its token is asked by the service. */
export function guardReviews(reviews: Reviews, owners: RequestOwners): Reviews {
  async function require(caller: Caller, needs: Needs): Promise<void> {
    for (const need of needs) {
      const { permission } = need;
      if ("requestId" in need) await requireRequestAccess(owners, caller, permission, need.requestId);
      else if ("commentId" in need) {
        requirePermission(caller, permission);
        const requestId = await owners.requestOfComment(caller.workspace, need.commentId);
        if (requestId === undefined)
          throw new DomainError("not_found", `There is no comment ${need.commentId}.`, {
            field: "commentId",
          });
        await requireRequestAccess(owners, caller, permission, requestId);
      } else if (need.model === undefined) requirePermission(caller, permission);
      else requirePermission(caller, permission, { kind: "model", name: need.model });
    }
  }

  const { reportCheck, ...asked } = reviews;
  return { ...guardService(asked, rules, require), reportCheck };
}
