import type { Permission } from "@runweir/identity-domain";
import { type MatrixObjects, type MatrixRow, type Rest, row } from "./matrix-row.ts";
import { registryRows } from "./registry-rows.ts";
import { databricksPermissionRows, databricksRows, reviewRows } from "./review-rows.ts";
import { roleRows } from "./role-rows.ts";
import { webhookProcedures, webhookRows } from "./webhook-rows.ts";

const open = (rest: Rest = {}): MatrixRow => row("public", { any: true, ...rest });

/** Below `/api/2.0/mlflow` and `/ajax-api/2.0/mlflow`. */
export function mlflowRows(of: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const { experimentId: id, runId, loggedModelId, model: name } = of;
  const experiment = { experiment_id: id };
  const run = { run_id: runId };
  const tag = { key: "k", value: "v" };
  const search = { experiment_ids: [id], max_results: 1 };
  const version = { name, version: "1" };
  const logged = { params: { modelId: loggedModelId } };
  const source = `runs:/${runId}/model`;
  const nobody = { username: "nobody-of-that-name" };
  return {
    "POST experiments/create": row("experiment.create", { any: true, body: { name: of.fresh() } }),
    "GET experiments/get": row("experiment.read", { query: experiment }),
    "GET experiments/get-by-name": row("experiment.read", { query: { experiment_name: of.experimentName } }),
    "GET experiments/search": row("experiment.read", { any: true, query: { max_results: "1" } }),
    "POST experiments/search": row("experiment.read", { any: true, body: { max_results: 1 } }),
    "POST experiments/delete": row("experiment.manage", { body: experiment }),
    "POST experiments/restore": row("experiment.manage", { body: experiment }),
    "POST experiments/update": row("experiment.edit", {
      body: { ...experiment, new_name: of.experimentName },
    }),
    "POST experiments/set-experiment-tag": row("experiment.edit", { body: { ...experiment, ...tag } }),
    "POST experiments/delete-experiment-tag": row("experiment.edit", { body: { ...experiment, key: "k" } }),
    "POST experiments/search-datasets": row("experiment.read", { body: { experiment_ids: [id] } }),

    "POST runs/create": row("experiment.log", { body: experiment }),
    "GET runs/get": row("experiment.read", { query: run }),
    "POST runs/search": row("experiment.read", { any: true, body: search }),
    "POST runs/update": row("experiment.log", { body: { ...run, status: "RUNNING" } }),
    "POST runs/delete": row("experiment.manage", { body: run }),
    "POST runs/restore": row("experiment.manage", { body: run }),
    "POST runs/log-metric": row("experiment.log", { body: { ...run, key: "loss", value: 1, timestamp: 1 } }),
    "POST runs/log-batch": row("experiment.log", { body: { ...run, params: [] } }),
    "POST runs/log-parameter": row("experiment.log", { body: { ...run, ...tag } }),
    "POST runs/set-tag": row("experiment.log", { body: { ...run, ...tag } }),
    "POST runs/delete-tag": row("experiment.edit", { body: { ...run, key: "k" } }),
    "POST runs/log-inputs": row("experiment.log", { body: { ...run, datasets: [] } }),
    "POST runs/outputs": row("experiment.log", {
      body: { ...run, models: [{ model_id: loggedModelId, step: 0 }] },
    }),
    "POST runs/log-model": row("experiment.log", { body: { ...run, model_json: "{}" } }),
    "GET metrics/get-history": row("experiment.read", { query: { ...run, metric_key: "loss" } }),
    "GET metrics/get-history-bulk": row("experiment.read", { query: { ...run, metric_key: "loss" } }),
    "GET metrics/get-history-bulk-interval": row("experiment.read", {
      query: { run_ids: runId, metric_key: "loss" },
    }),

    "POST logged-models": row("experiment.log", { body: { ...experiment, name: "m" } }),
    "POST logged-models/search": row("experiment.read", { any: true, body: search }),
    "GET logged-models/:modelId": row("experiment.read", logged),
    "PATCH logged-models/:modelId": row("experiment.log", {
      ...logged,
      body: { status: "LOGGED_MODEL_READY" },
    }),
    "DELETE logged-models/:modelId": row("experiment.manage", logged),
    "PATCH logged-models/:modelId/tags": row("experiment.log", { ...logged, body: { tags: [tag] } }),
    "DELETE logged-models/:modelId/tags/:key": row("experiment.edit", {
      params: { modelId: loggedModelId, key: "k" },
    }),
    "POST logged-models/:modelId/params": row("experiment.log", { ...logged, body: { params: [tag] } }),
    "GET logged-models/:modelId/artifacts/directories": row("artifact.read", logged),
    "GET logged-models/:modelId/artifacts/files": row("artifact.read", {
      ...logged,
      query: { artifact_file_path: "x" },
    }),

    "POST registered-models/create": row("model.create", { any: true, body: { name: of.fresh() } }),
    "GET registered-models/get": row("model.read", { query: { name } }),
    "POST registered-models/rename": row("model.edit", { body: { name, new_name: name } }),
    "PATCH registered-models/update": row("model.edit", { body: { name, description: "d" } }),
    "DELETE registered-models/delete": row("model.manage", { body: { name } }),
    "GET registered-models/search": row("model.read", { any: true }),
    "POST registered-models/search": row("model.read", { any: true }),
    "GET registered-models/get-latest-versions": row("model.read", { query: { name } }),
    "POST registered-models/get-latest-versions": row("model.read", { body: { name } }),
    "POST registered-models/set-tag": row("model.edit", { body: { name, ...tag } }),
    "DELETE registered-models/delete-tag": row("model.edit", { body: { name, key: "k" } }),
    "POST registered-models/alias": row("alias.move", { body: { ...version, alias: "a" } }),
    "DELETE registered-models/alias": row("alias.move", { body: { name, alias: "a" } }),
    "GET registered-models/alias": row("model.read", { query: { name, alias: "a" } }),
    "POST model-versions/create": row(["model.edit", "experiment.read"], { body: { name, source } }),
    "GET model-versions/get": row("model.read", { query: version }),
    "PATCH model-versions/update": row("model.edit", { body: { ...version, description: "d" } }),
    "POST model-versions/transition-stage": row(["model.edit", "model.production"], {
      body: { ...version, stage: "Production" },
    }),
    "DELETE model-versions/delete": row("model.manage", { body: { name, version: "2" } }),
    "GET model-versions/search": row("model.read", { any: true }),
    "GET model-versions/get-download-uri": row("model.read", { query: version }),
    "POST model-versions/set-tag": row("model.edit", { body: { ...version, ...tag } }),
    "DELETE model-versions/delete-tag": row("model.edit", { body: { ...version, key: "k" } }),

    ...webhookRows(of),
    "POST users/create": row("server.manage", { any: true, body: { ...nobody, password: "short" } }),
    "GET users/get": row("server.manage", { any: true, query: nobody }),
    "GET users/current": row("account", { any: true }),
    "GET users/list": row("server.manage", { any: true }),
    "PATCH users/update-password": row("server.manage", {
      any: true,
      body: { ...nobody, password: "short" },
    }),
    "PATCH users/update-admin": row("server.manage", { any: true, body: { ...nobody, is_admin: false } }),
    "DELETE users/delete": row("server.manage", { any: true, body: nobody }),
    ...databricksRows(of),
    ...permissionRows("experiments/permissions", "experiment.manage", { ...experiment, ...nobody }),
    ...permissionRows("registered-models/permissions", "model.manage", { name, ...nobody }),

    "GET artifacts/list": row("artifact.read", { query: run }),
    // It gives nothing away but that there is such a run.
    "POST artifacts/presigned-upload-url": row("experiment.read", {
      door: "artifact.write",
      body: { ...run, path: "x" },
    }),
    "POST artifacts/presigned-download-url": row("artifact.read", { body: { ...run, path: "x" } }),
    "GET get-artifact": row("artifact.read", { query: { ...run, path: "x" } }),
    "POST upload-artifact": row("artifact.write", { query: { run_uuid: runId, path: "up" }, bytes: "x" }),
  };
}

function permissionRows(
  path: string,
  needs: Permission,
  named: Readonly<Record<string, string>>,
): Readonly<Record<string, MatrixRow>> {
  const body = { ...named, permission: "READ" };
  return {
    [`POST ${path}/create`]: row(needs, { body }),
    [`GET ${path}/get`]: row(needs, { query: named }),
    [`PATCH ${path}/update`]: row(needs, { body }),
    [`DELETE ${path}/delete`]: row(needs, { body: named }),
  };
}

/** Below `/api/3.0/mlflow` and `/ajax-api/3.0/mlflow`. */
export function mlflow3Rows(of: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const named = {
    username: "nobody-of-that-name",
    resource_type: "experiment",
    resource_id: of.experimentId,
  };
  return {
    "GET server-info": open(),
    "POST users/permissions/grant": row("experiment.manage", {
      door: "account",
      body: { ...named, permission: "READ" },
    }),
    "POST users/permissions/revoke": row("experiment.manage", { door: "account", body: named }),
    "GET users/permissions/get": row("workspace.manage", { any: true, query: named }),
    ...roleRows(),
    "GET workspaces": row("account", { any: true }),
    "POST workspaces": row("server.manage", { any: true, body: { name: "default" } }),
    "GET workspaces/:name": row("account", { any: true, params: { name: "default" } }),
    "PATCH workspaces/:name": row("workspace.manage", {
      door: "account",
      params: { name: "default" },
      body: { description: "The first one." },
    }),
    "DELETE workspaces/:name": row("server.manage", { any: true, params: { name: "default" } }),
  };
}

/** Below `/api/2.0/mlflow-artifacts` and `/ajax-api/2.0/mlflow-artifacts`. */
export function artifactRows(of: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const folder = `${of.experimentId}/${of.runId}/artifacts`;
  const at = { params: { "*": `${folder}/x` } };
  const upload = { path: "big", upload_id: "0".repeat(32) };
  return {
    "GET artifacts": row("artifact.read", { query: { path: folder } }),
    "GET artifacts/*": row("artifact.read", at),
    "PUT artifacts/*": row("artifact.write", { ...at, bytes: "x" }),
    "DELETE artifacts/*": row("artifact.delete", at),
    "GET presigned/*": row("artifact.read", { ...at, any: true }),
    "POST mpu/create/*": row("artifact.write", {
      params: { "*": folder },
      body: { path: "big", num_parts: 1 },
    }),
    "POST mpu/complete/*": row("artifact.write", {
      params: { "*": folder },
      body: { ...upload, parts: [{ part_number: 1, etag: "e" }] },
    }),
    "POST mpu/abort/*": row("artifact.write", { params: { "*": folder }, body: upload }),
    "PUT mpu/part/*": row("artifact.write", {
      ...at,
      query: { upload_id: upload.upload_id, part_number: "1" },
      bytes: "x",
    }),
  };
}

/** Everything else that is mounted. */
export function otherRows(of: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const { runId, loggedModelId, model } = of;
  const request = { id: String(of.requestId) };
  const sql = row("experiment.read", { any: true, body: { sql: "SELECT 1" } });
  const snapshot = { params: { number: "1", "*": "1" } };
  const version = { query: { name: model, version: "1", path: "x" } };
  return {
    "GET /version": open(),
    "GET /health": open(),
    "GET /health/live": open(),
    "GET /health/ready": open(),
    "GET /metrics": row("server.read", { any: true }),
    "GET /get-artifact": row("artifact.read", { query: { run_id: runId, path: "x" } }),
    "GET /model-versions/get-artifact": row(["model.read", "artifact.read"], version),
    "GET //model-versions/get-artifact": row(["model.read", "artifact.read"], version),
    "GET /artifacts/runs/:id/*": row("artifact.read", { params: { id: runId, "*": "x" } }),
    "GET /artifacts/models/:id/*": row("artifact.read", { params: { id: loggedModelId, "*": "x" } }),
    "POST /ingest/v1/points": row("points.write", {
      body: { runs: [{ run_id: runId, keys: ["loss"], key: [0], step: [1], timestamp: [1], value: [1] }] },
    }),
    "GET /ingest/v1/runs/:run_id/delivery": row("experiment.read", { params: { run_id: runId } }),
    // Its token is of a check: a caller's is none.
    "POST /api/reviews/:id/checks": open({ params: request, body: "nothing" }),
    "POST /api/reviews": row("model.review", { body: { model, version: 1, target: "@reviewed" } }),
    "GET /api/reviews/:id": row("model.read", { params: request }),
    "POST /api/reviews/:id/apply": row("model.edit", { params: request, body: { head_digest: "none" } }),
    ...databricksPermissionRows(of),
    "GET /api/audit.ndjson": row("workspace.manage", { any: true }),
    // Without a warehouse behind them they say so to whoever may ask; apps/warehouse tests what it answers.
    "GET /api/snapshots": row("experiment.read", { any: true }),
    "POST /api/snapshots": row("server.manage", { any: true }),
    "GET /api/snapshots/*": row("experiment.read", { any: true, ...snapshot }),
    "POST /api/snapshots/:number/links": row("experiment.read", { any: true, ...snapshot, body: {} }),
    "GET /api/snapshots/:number/files/*": open(snapshot),
    "GET /api/sql": row("experiment.read", { any: true }),
    "POST /api/sql": sql,
    "GET /api/sql/*": row("experiment.read", { any: true, ...snapshot }),
    "POST /api/sql/*": { ...sql, ...snapshot },
    "DELETE /api/sql/*": row("experiment.read", { any: true, ...snapshot }),
    "GET /*": open({ params: { "*": "" } }),
  };
}

/** By slice and procedure. */
export function procedureRows(of: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const { experimentId, experimentName, runId, loggedModelId } = of;
  const experiment = (needs: Permission, more: object = {}) =>
    row(needs, { body: { experimentId, ...more } });
  const run = (needs: Permission, more: object = {}) => row(needs, { body: { runId, ...more } });
  const many = (needs: Permission, more: object = {}, rest: Rest = {}) =>
    row(needs, { body: { experimentIds: [experimentId], ...more }, ...rest });
  // Leaves out what may not be read.
  const found = (more: object = {}) => many("experiment.read", more, { any: true });
  const tag = { key: "k", value: "v" };
  const view = { viewType: "ACTIVE_ONLY" };
  const query = { queryId: "none", version: 1 };
  const owner = { kind: "run", runId };
  const draft = { name: of.fresh(), sql: "SELECT 1" };
  const saves = (body: unknown) => row("query.save", { any: true, body });
  const reads = (body: unknown) => row("workspace.read", { any: true, body });
  return {
    "tracking.experiments.search": row("experiment.read", { any: true, body: { ...view, maxResults: 1 } }),
    "tracking.experiments.get": experiment("experiment.read"),
    "tracking.experiments.create": row("experiment.create", { any: true, body: { name: of.fresh() } }),
    "tracking.experiments.rename": experiment("experiment.edit", { name: experimentName }),
    "tracking.experiments.delete": experiment("experiment.manage"),
    "tracking.experiments.restore": experiment("experiment.manage"),
    "tracking.experiments.setTag": experiment("experiment.edit", { tag }),
    "tracking.experiments.deleteTag": experiment("experiment.edit", { key: "k" }),
    "tracking.runs.search": found({ ...view, maxResults: 1 }),
    "tracking.runs.get": run("experiment.read"),
    "tracking.runs.delivery": run("experiment.read"),
    "tracking.runs.count": found(view),
    "tracking.runs.keys": many("experiment.read"),
    "tracking.runs.update": run("experiment.log", { runName: "n" }),
    "tracking.runs.delete": row("experiment.manage", { body: { runIds: [runId] }, each: true }),
    "tracking.runs.restore": row("experiment.manage", { body: { runIds: [runId] }, each: true }),
    "tracking.runs.setTag": run("experiment.log", { tag }),
    "tracking.runs.deleteTag": run("experiment.edit", { key: "k" }),
    "tracking.metrics.statistics": row("experiment.read", { body: { runIds: [runId] } }),
    "tracking.metrics.chart": row("experiment.read", {
      body: { runIds: [runId], keys: ["loss"], axis: "step", buckets: 10 },
    }),
    "tracking.models.search": found(),
    "tracking.models.get": row("experiment.read", { body: { modelId: loggedModelId } }),
    "tracking.datasets.search": many("experiment.read"),
    "tracking.analyses.table": many("experiment.read", { columns: [], limit: 1 }),
    "tracking.analyses.curves": many("experiment.read", { key: "loss", buckets: 10 }),
    "tracking.analyses.importance": many("experiment.read", { target: { key: "loss", aggregate: "last" } }),
    "tracking.changes": run("experiment.read"),
    "artifacts.list": row("artifact.read", { body: { owner } }),
    "artifacts.readText": row("artifact.read", { body: { owner, path: "x" } }),
    "artifacts.delete": row("artifact.delete", { body: { owner, path: "x" } }),
    "analytics.savedQueries.list": reads({}),
    "analytics.savedQueries.get": reads({ queryId: "none" }),
    "analytics.savedQueries.create": saves(draft),
    "analytics.savedQueries.update": saves({ ...query, name: "n" }),
    "analytics.savedQueries.delete": saves(query),
    "analytics.savedQueries.createLink": saves({ queryId: "none" }),
    "analytics.savedQueries.listLinks": reads({ queryId: "none" }),
    "analytics.savedQueries.deleteLink": saves({ queryId: "none", linkId: "none" }),
    "analytics.savedQueries.openLink": reads({ token: "none" }),
    "analytics.history.list": row("experiment.read", { any: true, body: {} }),
    "analytics.history.clear": saves(undefined),
    "identity.audit.list": row("workspace.manage", { any: true, body: {} }),
    "identity.audit.choices": row("workspace.manage", { any: true }),
    "identity.audit.verify": row("server.manage", { any: true, body: {} }),
    ...registryRows(of),
    ...reviewRows(of),
    ...webhookProcedures(of),
    ...accountRows(),
    ...peopleRows(),
    ...directoryRows(of),
    "demo.size": row("experiment.read", { any: true }),
    // What it would write is tested elsewhere; here it is only asked with an input that nobody takes.
    "demo.load": row("experiment.create", { any: true, body: "nothing" }),
  };
}

/** One's own account: what is asked with an input that nobody takes is tested with sign-in. */
function accountRows(): Readonly<Record<string, MatrixRow>> {
  const account = (rest: Rest = {}) => row("account", { any: true, ...rest });
  const nothing = { body: "nothing" };
  return {
    "identity.account.current": open(),
    "identity.account.profile": account(),
    "identity.account.rename": account({ body: { name: "name" }, byPassword: true }),
    "identity.account.changePassword": account(nothing),
    "identity.account.sessions.list": account({ byPassword: true }),
    "identity.account.sessions.revoke": account({ body: { sessionId: "none" }, byPassword: true }),
    "identity.account.sessions.revokeAll": account({ byPassword: true }),
    "identity.account.tokens.list": account({ byPassword: true }),
    "identity.account.tokens.create": account(nothing),
    "identity.account.tokens.revoke": account({ body: { tokenId: "none" }, byPassword: true }),
  };
}

/** Whose object is asked about (grants, explanations) is tested with the directory; here with an input that nobody takes. */
function directoryRows(of: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const account = (body: unknown = "nothing") => row("account", { any: true, body });
  const reads = (body: unknown) => row("workspace.read", { any: true, body });
  const manages = (body: unknown) => row("workspace.manage", { any: true, body });
  const administers = (body: unknown) => row("server.manage", { any: true, body });
  const member = { kind: "user", id: "none" };
  return {
    "identity.directory.workspaces.list": account({}),
    "identity.directory.workspaces.create": administers({ name: of.fresh() }),
    "identity.directory.workspaces.update": manages("nothing"),
    "identity.directory.workspaces.delete": administers({ name: "default" }),
    "identity.directory.workspaces.restore": administers({ name: "none" }),
    "identity.directory.members.list": reads({}),
    "identity.directory.members.get": account(),
    "identity.directory.members.of": account(),
    "identity.directory.groups.of": account(),
    "identity.directory.members.set": manages({ ...member, role: "guest" }),
    "identity.directory.members.remove": manages(member),
    "identity.directory.members.holders": reads({ kinds: ["user"] }),
    "identity.directory.groups.list": reads({}),
    "identity.directory.groups.get": reads({ groupId: "none" }),
    "identity.directory.groups.members": reads({ groupId: "none" }),
    "identity.directory.groups.create": administers({ name: of.fresh() }),
    "identity.directory.groups.update": administers({ groupId: "none" }),
    "identity.directory.groups.delete": administers({ groupId: "none" }),
    "identity.directory.groups.addMember": administers({ groupId: "none", member }),
    "identity.directory.groups.removeMember": administers({ groupId: "none", member }),
    "identity.directory.serviceAccounts.list": reads({}),
    "identity.directory.serviceAccounts.create": administers({ name: of.fresh() }),
    "identity.directory.serviceAccounts.update": administers({ accountId: "none" }),
    "identity.directory.serviceAccounts.delete": administers({ accountId: "none" }),
    "identity.directory.grants.list": account(),
    "identity.directory.grants.create": account(),
    "identity.directory.grants.update": account(),
    "identity.directory.grants.delete": account(),
    "identity.directory.explain": account(),
  };
}

/** Who may sign in at all: administrators say; what they would change here is nobody. */
function peopleRows(): Readonly<Record<string, MatrixRow>> {
  const people = (body?: unknown) => row("server.manage", { any: true, body });
  const tokens = (body: unknown) => row("server.manage", { any: true, body, byPassword: true });
  return {
    "identity.people.list": people({}),
    "identity.people.get": people({ userId: "none" }),
    "identity.people.sessions.list": tokens({ userId: "none" }),
    "identity.people.sessions.revokeAll": tokens({ userId: "none" }),
    "identity.people.update": people({ id: "none" }),
    "identity.people.delete": people({ id: "none" }),
    "identity.people.issueReset": people({ id: "none" }),
    "identity.people.invitations": people(),
    "identity.people.invite": people({}),
    "identity.people.revokeInvitation": people({ linkId: "none" }),
    "identity.people.tokens.list": tokens({}),
    "identity.people.tokens.create": people("nothing"),
    "identity.people.tokens.revoke": tokens({ owner: { kind: "user", id: "none" }, tokenId: "none" }),
  };
}
