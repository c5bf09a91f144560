import type { createTestDatabase } from "@runweir/postgres/testing";
import { startSecuredApi, type TestPerson } from "./start-secured-api.ts";

export const productionPolicy = `
policies:
  - name: production
    model: "fraud-*"
    targets: ["@champion", Production]
    approvals: {count: 2, groups: [risk-owners]}
    checks: [metrics, ci/bias]
    metrics: {gates: ["val/auc >= base - 0.01"]}
    require_resolved_threads: true
    break_glass: {roles: [admin]}
changes:
  approvals: {count: 1}
`;

/** The whole API with a data scientist, owners and an admin, a model with two versions, and policies. */
export async function startReviewing(database: Awaited<ReturnType<typeof createTestDatabase>>, name: string) {
  const secured = await startSecuredApi(database);
  const { url, makeUser } = secured;
  const admin = await makeUser(`${name}-admin`, { role: "admin" });
  const scientist = await makeUser(`${name}-scientist`, { role: "editor" });
  const owner = await makeUser(`${name}-owner`, { role: "editor" });
  const other = await makeUser(`${name}-other`, { role: "editor" });
  await database.query(
    `INSERT INTO identity.user_group (group_id, name, description, creation_time) VALUES ('g-risk', 'risk-owners', '', 0)
     ON CONFLICT DO NOTHING`,
  );
  await database.query(
    "INSERT INTO identity.group_member (group_id, member_kind, member_id) VALUES ('g-risk', 'user', $1)",
    [owner.id],
  );

  async function send(who: TestPerson, path: string, body: unknown, method = "POST") {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...who.basic, "content-type": "application/json" },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer };
  }
  const mlflow = (who: TestPerson, path: string, body: unknown, method = "POST") =>
    send(who, `/api/2.0/mlflow/${path}`, body, method);
  /** What a procedure answers; rejects with its words. */
  async function call<Result = Answer>(
    who: TestPerson,
    procedure: string,
    input: unknown,
    type = "mutation",
  ) {
    const query = type === "query";
    const path = `/trpc/review/${procedure}${query ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ""}`;
    const { status, body } = await send(who, path, input, query ? "GET" : "POST");
    if (status !== 200) throw new Error(`${status} ${String((body.error as Answer)?.message)}`);
    return (body.result as Answer).data as Result;
  }

  const model = `fraud-${name}`;
  async function addVersion(auc: number): Promise<string> {
    const { body } = await mlflow(scientist, "runs/create", { experiment_id: "0" });
    const { run_id: runId } = (body.run as { info: { run_id: string } }).info;
    await mlflow(scientist, "runs/log-batch", {
      run_id: runId,
      metrics: [{ key: "val/auc", value: auc, timestamp: 1, step: 0 }],
    });
    const made = await mlflow(scientist, "model-versions/create", {
      name: model,
      source: `runs:/${runId}/model`,
    });
    return (made.body.model_version as { version: string }).version;
  }
  await mlflow(scientist, "registered-models/create", { name: model });
  return { ...secured, admin, scientist, owner, other, model, mlflow, call, addVersion, send };
}

export type Answer = Readonly<Record<string, unknown>>;
