import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSecuredApi, type TestPerson } from "../testing/start-secured-api.ts";
import { createRun } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

// One for each test: they read everything that the audit log has.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterEach(() => database.drop());

function entries() {
  return database.query<{ line: string; before: unknown; after: unknown }>(
    `SELECT actor_name || ' ' || action || ' ' || object_name AS line, before, after FROM identity.audit_entry
     WHERE object_kind IN ('experiment', 'run', 'logged-model', 'model', 'version', 'stage', 'alias', 'artifact')
     ORDER BY sequence`,
  );
}

test("deletions, renames and moves are entered with before and after, and so is who was refused them", async () => {
  const { url, makeUser } = await startSecuredApi(database);
  const ann = await makeUser("ann", { role: "admin" });
  const bob = await makeUser("bob", { role: "viewer" });
  // Who may do such a thing nowhere is refused before it is known what it is about.
  await database.query(
    `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, experiment_id, pattern, holder_kind,
       holder_id, created_by, creation_time)
     VALUES ('g1', 'default', 'allow', 'manage', 'experiment', '999', NULL, 'user', $1, 'test', 0),
       ('g2', 'default', 'allow', 'manage', 'model', NULL, 'other', 'user', $1, 'test', 0)`,
    [bob.id],
  );
  const send = async (who: TestPerson, path: string, body: object, method = "POST") => {
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { ...who.basic, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return {
      status: answer.status,
      ...((await answer.json().catch(() => ({}))) as { experiment_id?: string }),
    };
  };
  const { experiment_id } = await send(ann, "experiments/create", { name: "night" });
  const { run_id } = await createRun(url, experiment_id, ann.basic);
  await send(ann, "registered-models/create", { name: "fraud" });
  for (const source of ["s3://bucket/1", "s3://bucket/2"])
    expect((await send(ann, "model-versions/create", { name: "fraud", source })).status).toBe(200);
  expect(await entries()).toEqual([]);

  const tag = { key: "team", value: "risk" };
  const steps: readonly (readonly [path: string, body: object, method?: string])[] = [
    ["experiments/update", { experiment_id, new_name: "day" }],
    ["runs/update", { run_id, run_name: "first" }],
    ["runs/update", { run_id, status: "FINISHED" }],
    ["runs/set-tag", { run_id, key: "mlflow.runName", value: "second" }],
    ["runs/set-tag", { run_id, key: "mlflow.runName", value: "second" }],
    ["runs/set-tag", { run_id, key: "mlflow.note.content", value: "third" }],
    [
      "runs/log-batch",
      {
        run_id,
        metrics: [{ key: "loss", value: 1, timestamp: 1, step: 1 }],
        params: [{ key: "p", value: "1" }],
        tags: [{ key: "mlflow.runName", value: "first" }, tag],
      },
    ],
    ["runs/log-batch", { run_id, tags: [tag, { key: "mlflow.runName", value: "first" }] }],
    ["runs/delete", { run_id }],
    ["runs/delete", { run_id }],
    ["runs/restore", { run_id }],
    ["registered-models/alias", { name: "fraud", alias: "champion", version: "1" }],
    ["registered-models/alias", { name: "fraud", alias: "champion", version: "2" }],
    ["registered-models/alias", { name: "fraud", alias: "champion" }, "DELETE"],
    [
      "model-versions/transition-stage",
      { name: "fraud", version: "1", stage: "production", archive_existing_versions: true },
    ],
    ["model-versions/delete", { name: "fraud", version: "2" }, "DELETE"],
    ["registered-models/rename", { name: "fraud", new_name: "theft" }],
    ["registered-models/delete", { name: "theft" }, "DELETE"],
    ["experiments/delete", { experiment_id }],
  ];
  for (const [path, body, method] of steps.slice(0, -2))
    expect([path, (await send(bob, path, body, method)).status]).toEqual([path, 403]);
  const refused = await entries();
  expect(refused.map(({ line }) => line)).toEqual([
    "bob experiment.rename night",
    expect.stringContaining("bob run.rename "),
    expect.stringContaining("bob run.delete "),
    "bob alias.move fraud@champion",
    "bob stage.move fraud version 1",
    "bob version.delete fraud version 2",
    "bob model.rename fraud",
  ]);
  expect(refused[0]).toMatchObject({
    before: { name: "night" },
    after: { refused: expect.stringMatching(/^Permission denied: bob has no edit permission/) },
  });
  for (const [path, body, method] of steps)
    expect([path, (await send(ann, path, body, method)).status]).toEqual([path, 200]);
  const done = (await entries()).slice(refused.length);
  expect(done).toEqual(
    (
      [
        ["experiment.rename night", { name: "night" }, { name: "day" }],
        [expect.anything(), { name: expect.anything() }, { name: "first" }],
        ["run.rename first", { name: "first" }, { name: "second" }],
        ["run.rename second", { name: "second" }, { name: "first" }],
        ["run.delete first", { lifecycleStage: "active" }, { lifecycleStage: "deleted" }],
        ["run.restore first", { lifecycleStage: "deleted" }, { lifecycleStage: "active" }],
        ["alias.move fraud@champion", {}, { version: 1 }],
        ["alias.move fraud@champion", { version: 1 }, { version: 2 }],
        ["alias.delete fraud@champion", { version: 2 }, null],
        ["stage.move fraud version 1", { stage: "None" }, { stage: "Production", archivesOthers: true }],
        ["version.delete fraud version 2", { stage: "None", source: "s3://bucket/2" }, null],
        ["model.rename fraud", { name: "fraud" }, { name: "theft" }],
        ["model.delete theft", { latestVersions: [{ version: 1, stage: "Production" }] }, null],
        ["experiment.delete day", { lifecycleStage: "active" }, { lifecycleStage: "deleted" }],
      ] as const
    ).map(([line, before, after]) => ({
      line: typeof line === "string" ? `ann ${line}` : line,
      before: expect.objectContaining(before),
      after: after === null ? null : expect.objectContaining(after),
    })),
  );
});

test("a batch with a name is refused as a whole, or written as a whole, whatever else is in it", async () => {
  const { url, makeUser } = await startSecuredApi(database);
  const dan = await makeUser("dan", { role: "admin" });
  const { run_id } = await createRun(url, "0", dan.basic);
  const log = async (more: object) => {
    const answer = await fetch(`${url}/api/2.0/mlflow/runs/log-batch`, {
      method: "POST",
      headers: { ...dan.basic, "content-type": "application/json" },
      body: JSON.stringify({
        run_id,
        metrics: [{ key: "loss", value: 1, timestamp: 1, step: 1 }],
        params: [{ key: "p", value: "1" }],
        tags: [
          { key: "mlflow.runName", value: "dans" },
          { key: "team", value: "risk" },
        ],
        ...more,
      }),
    });
    return answer.status;
  };
  const read = async () => {
    const answer = await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${run_id}`, { headers: dan.basic });
    const { run } = (await answer.json()) as {
      run: {
        info: { run_name: string };
        data: { metrics?: unknown[]; params?: unknown[]; tags: { key: string }[] };
      };
    };
    const hasTeam = run.data.tags.some(({ key }) => key === "team");
    return [run.info.run_name, run.data.metrics?.length ?? 0, run.data.params?.length ?? 0, hasTeam];
  };
  expect(
    await log({
      tags: [
        { key: "mlflow.runName", value: "dans" },
        { key: "team\0", value: "x" },
      ],
    }),
  ).toBe(400);
  expect(
    await log({
      params: [
        { key: "p", value: "1" },
        { key: "p", value: "2" },
      ],
    }),
  ).toBe(400);
  expect((await read()).slice(1)).toEqual([0, 0, false]);
  expect(await log({})).toBe(200);
  expect(await read()).toEqual(["dans", 1, 1, true]);
});

test("who may do something nowhere is refused at the door, and that is entered once a minute", async () => {
  const { url, makeUser, makeToken } = await startSecuredApi(database);
  const eve = await makeUser("eve", { role: "viewer" });
  const token = await makeToken(eve, { access: "ingest" });
  const refused = () =>
    database.query(
      `SELECT actor_name, object_id, object_name, after ->> 'refused' AS refused, token_id FROM identity.audit_entry
       WHERE action = 'permission.refuse' ORDER BY sequence`,
    );
  const ask = async (path: string, headers: Record<string, string>, method = "POST") =>
    (
      await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, "content-type": "application/json" },
        ...(method === "POST" ? { body: "{}" } : {}),
      })
    ).status;
  for (let again = 0; again < 3; again += 1) {
    expect(await ask("/api/2.0/mlflow/experiments/create", eve.basic)).toBe(403);
    expect(await ask("/trpc/identity/people.invite", eve.basic)).toBe(403);
    expect(await ask("/api/2.0/mlflow/experiments/search", token.bearer)).toBe(403);
    expect(await ask("/api/2.0/mlflow/experiments/create", {})).toBe(401);
  }
  expect(await refused()).toEqual(
    [
      ["experiment.create", "POST /api/2.0/mlflow/experiments/create", "eve is viewer of", null],
      ["server.manage", "/trpc/identity/people.invite", "eve is not an administrator", null],
      [
        "experiment.read",
        "POST /api/2.0/mlflow/experiments/search",
        "this token is for logging",
        token.tokenId,
      ],
    ].map(([object_id, object_name, words, token_id]) => ({
      actor_name: "eve",
      object_id,
      object_name,
      token_id,
      refused: expect.stringContaining(words as string),
    })),
  );
});

test("what cannot be entered does not happen", async () => {
  const { url, makeUser } = await startSecuredApi(database);
  const carl = await makeUser("carl", { role: "admin" });
  const { run_id } = await createRun(url, "0", carl.basic);
  await database.query(
    "ALTER TABLE identity.audit_entry ADD CONSTRAINT none CHECK (action <> 'run.delete') NOT VALID",
  );
  const remove = () =>
    fetch(`${url}/api/2.0/mlflow/runs/delete`, {
      method: "POST",
      headers: { ...carl.basic, "content-type": "application/json" },
      body: JSON.stringify({ run_id }),
    });
  expect((await remove()).status).toBe(500);
  const stage = async () => {
    const answer = await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${run_id}`, { headers: carl.basic });
    return ((await answer.json()) as { run: { info: { lifecycle_stage: string } } }).run.info.lifecycle_stage;
  };
  expect(await stage()).toBe("active");
  await database.query("ALTER TABLE identity.audit_entry DROP CONSTRAINT none");
  expect((await remove()).status).toBe(200);
  expect(await stage()).toBe("deleted");
});
