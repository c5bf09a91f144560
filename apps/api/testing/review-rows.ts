import { type MatrixObjects, type MatrixRow, row } from "./matrix-row.ts";

/** Who may talk is asked here; whose approval counts is tested with reviews. */
export function reviewRows({ model, requestId }: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const reads = (more: object = {}) => row("model.read", { body: { requestId, ...more } });
  const talks = (more: object = {}) => row("model.review", { body: { requestId, ...more } });
  const ofComment = (more: object = {}) =>
    row("model.review", { any: true, body: { commentId: 1e9, ...more } });
  const manages = (body: unknown) => row("workspace.manage", { any: true, body });
  const workspace = (body?: unknown) => row("workspace.read", { any: true, body });
  const target = { kind: "alias", alias: "a" };
  return {
    "review.requests.open": row("model.review", {
      body: { model, moves: [{ target: { kind: "alias", alias: "reviewed" }, version: 1e9 }] },
    }),
    "review.requests.get": reads(),
    "review.requests.list": row("model.read", { any: true, body: {} }),
    "review.requests.count": row("model.read", { any: true, body: {} }),
    // Only its author and who manages the model may; what everybody may try is refused as an input.
    "review.requests.edit": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.push": talks({ version: 1e9 }),
    "review.requests.publish": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.withdraw": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.close": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.reopen": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.diff": reads(),
    "review.requests.compare": row("model.read", { body: { model, base: 1, candidate: 1 } }),
    "review.requests.merge": row("model.review", {
      any: true,
      body: { requestId: 1e9, headDigest: "none" },
    }),
    "review.requests.revert": talks(),
    "review.verdicts.give": row("model.review", {
      any: true,
      body: { requestId: 1e9, kind: "approve", headDigest: "none" },
    }),
    "review.verdicts.reject": row("model.review", { any: true, body: { requestId: 1e9, reason: "r" } }),
    "review.comments.add": talks({ body: "b" }),
    "review.comments.edit": ofComment({ body: "b" }),
    "review.comments.delete": ofComment(),
    "review.comments.resolve": talks({ threadId: 1e9, isResolved: true }),
    "review.checks.run": talks(),
    "review.checkTokens.create": manages({ checkName: "signature" }),
    "review.checkTokens.list": manages(undefined),
    "review.checkTokens.revoke": manages({ tokenId: "none" }),
    "review.policies.get": workspace(),
    "review.policies.list": workspace(),
    "review.policies.for": row("model.read", { body: { model, target } }),
    "review.policies.propose": manages({ document: "policies: 1", baseRevision: 0 }),
    "review.policies.simulate": manages({ document: "policies: 1" }),
    "review.inbox.get": workspace(),
    "review.inbox.counts": workspace(),
    "review.inbox.markRead": workspace({}),
  };
}
