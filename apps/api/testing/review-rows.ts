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
    "review.changes": reads(),
    "review.requests.open": row("model.review", {
      body: { model, moves: [{ target: { kind: "alias", alias: "reviewed" }, version: 1e9 }] },
    }),
    "review.requests.get": reads(),
    "review.requests.list": row("model.read", { any: true, body: {} }),
    "review.requests.count": row("model.read", { any: true, body: {} }),
    // Only its author and who manages the model may; what everybody may try is refused as an input.
    "review.requests.edit": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.push": row(["model.review", "model.edit"], { body: { requestId, version: 1e9 } }),
    "review.requests.publish": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.withdraw": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.close": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.reopen": row("model.review", { any: true, body: { requestId: 1e9 } }),
    "review.requests.activity": row("model.read", { body: { model } }),
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

/** Databricks' endpoints, below `/api/2.0/mlflow`. What finds nothing that the caller may see says so to everybody. */
export function databricksRows({ model: name }: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const version = { name, version: "99" };
  const asked = { ...version, stage: "Staging" };
  const comment = { id: "999999999", comment: "c" };
  return {
    "POST transition-requests/create": row("model.review", { body: asked }),
    "GET transition-requests/list": row("model.read", { any: true, query: version }),
    "POST transition-requests/approve": row("model.review", { any: true, body: asked }),
    "POST transition-requests/reject": row("model.review", { any: true, body: asked }),
    "DELETE transition-requests/delete": row("model.review", {
      any: true,
      body: { ...asked, creator: "nobody" },
    }),
    "POST comments/create": row("model.review", { any: true, body: { ...version, comment: "c" } }),
    "PATCH comments/update": row("model.review", { any: true, body: comment }),
    "DELETE comments/delete": row("model.review", { any: true, body: comment }),
    // There is no such version, which is said to whoever may read the model.
    "GET activities/list": row("model.read", { query: version }),
    "GET databricks/registered-models/get": row("model.read", { query: { name } }),
    "GET registered-models/list": row("model.read", { any: true }),
    "POST databricks/model-versions/transition-stage": row(["model.edit", "model.production"], {
      body: { name, version: "1", stage: "Production" },
    }),
  };
}

/** Databricks' permissions, by their whole paths. */
export function databricksPermissionRows({ model }: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const path = "/api/2.0/permissions/registered-models/:id";
  const params = { id: Buffer.from(model).toString("base64url") };
  const nobody = [{ user_name: "nobody-of-that-name", permission_level: "CAN_READ" }];
  const body = { access_control_list: nobody };
  return {
    [`GET ${path}`]: row("model.manage", { params }),
    [`PUT ${path}`]: row("model.manage", { params, body }),
    [`PATCH ${path}`]: row("model.manage", { params, body }),
    [`GET ${path}/permissionLevels`]: row("model.read", { door: "model.read", params }),
  };
}
