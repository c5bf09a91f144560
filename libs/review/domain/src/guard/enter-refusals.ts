import { DomainError, type ErrorCode } from "@runweir/errors";
import { anonymous, type Caller, systemCaller } from "@runweir/identity-domain";
import type { ReviewStore } from "../review-store.ts";
import { hashOf } from "../service/check-service.ts";
import { nameRequest } from "../service/find-request.ts";
import type { Refusal, Refusals } from "../service/refusals.ts";
import type { Reviews } from "../service/reviews.ts";

type Subject =
  | { readonly request: number }
  | { readonly comment: number }
  | { readonly model: string }
  | "policies";
type Attempt = { readonly of: Subject; readonly attempt: string };

type Attempts = {
  readonly [Name in keyof Reviews]?: Reviews[Name] extends (caller: Caller, ...rest: infer Rest) => unknown
    ? (...rest: Rest) => Attempt
    : never;
};

const ofRequest = (attempt: string) => (request: number) => ({ of: { request }, attempt });
const ofComment = (attempt: string) => (comment: number) => ({ of: { comment }, attempt });
const ofPolicies = (attempt: string) => () => ({ of: "policies", attempt }) as const;

/** What changes something; who is refused a look is not entered. */
const attempts = {
  open: ({ model }) => ({ of: { model }, attempt: "open" }),
  edit: ({ requestId: request }) => ({ of: { request }, attempt: "edit" }),
  push: ofRequest("push"),
  publish: ofRequest("publish"),
  withdraw: ofRequest("withdraw"),
  close: ofRequest("close"),
  reopen: ofRequest("reopen"),
  review: ({ requestId: request, kind }) => ({ of: { request }, attempt: kind }),
  reject: ofRequest("reject"),
  comment: ({ requestId: request }) => ({ of: { request }, attempt: "comment" }),
  editComment: ofComment("edit a comment"),
  deleteComment: ofComment("delete a comment"),
  resolveThread: ofRequest("resolve a thread"),
  runChecks: ofRequest("run checks"),
  apply: ({ requestId: request, overrideReason }) => ({
    of: { request },
    attempt: overrideReason === undefined ? "apply" : "break glass",
  }),
  revert: ofRequest("revert"),
  proposePolicies: ofPolicies("change policies"),
  createCheckToken: ofPolicies("create a check token"),
  revokeCheckToken: ofPolicies("revoke a check token"),
} as const satisfies Attempts;

/** What a policy does not allow, and what was said of something else than is there now: somebody may have tried their luck. */
const entered = new Set(["not_mergeable", "head"]);

/** What was tried with a token of a check that it is not good for. */
const reports: Readonly<Partial<Record<ErrorCode, string>>> = {
  unauthenticated: "report a check without a token of ours",
  permission_denied: "report another check",
  not_found: "report on another request",
  conflict: "report on another head",
};

/** Reviews as doors get them, whose refusals are entered into the audit log. */
export function enterRefusals(
  reviews: Reviews,
  { store, refuse }: { readonly store: ReviewStore; readonly refuse: Refusals },
): Reviews {
  async function find({ workspace }: Caller, of: Subject): Promise<Refusal["object"]> {
    if (of === "policies") return { id: "policies", name: workspace };
    if ("model" in of) return { id: of.model, name: of.model };
    const requestId =
      "request" in of ? of.request : (await store.findComment(workspace, of.comment))?.requestId;
    const request = requestId === undefined ? undefined : await store.findRequest(workspace, requestId);
    return request
      ? { id: String(request.requestId), name: nameRequest(request) }
      : { id: String(requestId), name: `#${requestId}` };
  }

  async function note(caller: Caller, { of, attempt }: Attempt, error: unknown): Promise<void> {
    if (!(error instanceof DomainError)) return;
    const { code, reason = "", message } = error;
    if (code !== "permission_denied" && !entered.has(reason)) return;
    // What the gate refuses has been entered by it.
    if (reason === "review_required") return;
    await refuse(caller, { object: await find(caller, of), attempt, reason: message });
  }

  const wrapped = Object.entries<(...rest: never[]) => Attempt>(attempts).map(([name, describe]) => {
    const method = reviews[name as keyof typeof attempts] as (
      caller: Caller,
      ...rest: readonly unknown[]
    ) => Promise<unknown>;
    return [
      name,
      async (caller: Caller, ...rest: readonly unknown[]) => {
        try {
          return await method(caller, ...rest);
        } catch (error) {
          await note(caller, describe(...(rest as never[])), error).catch(() => {});
          throw error;
        }
      },
    ] as const;
  });

  return {
    ...reviews,
    ...(Object.fromEntries(wrapped) as unknown as Pick<Reviews, keyof typeof attempts>),
    async reportCheck(token, requestId, report) {
      try {
        return await reviews.reportCheck(token, requestId, report);
      } catch (error) {
        if (error instanceof DomainError) await noteReport(token, requestId, error).catch(() => {});
        throw error;
      }
    },
  };

  /** Nobody signs in to report a check: it is entered as the token's, and unknown tokens as nobody's. */
  async function noteReport(token: string, requestId: number, error: DomainError): Promise<void> {
    const attempt = reports[error.code];
    if (attempt === undefined) return;
    const known = await store.findToken(hashOf(token));
    const reason = error.message;
    // Of no request in particular, so that it is one entry a minute whatever they try.
    if (!known)
      return refuse(anonymous("check"), {
        object: { id: "none", name: "an unknown token" },
        attempt,
        reason,
      });
    const { workspace, tokenId, checkName, createdBy } = known;
    return refuse(
      { ...systemCaller(`check-${tokenId}`), workspace },
      { object: { id: tokenId, name: checkName }, attempt, reason, more: { request: requestId, createdBy } },
    );
  }
}
