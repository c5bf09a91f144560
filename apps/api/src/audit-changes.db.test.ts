import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSecuredApi, type TestPerson } from "../testing/start-secured-api.ts";
import { createRun } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

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

  const steps: readonly (readonly [path: string, body: object, method?: string])[] = [
    ["experiments/update", { experiment_id, new_name: "day" }],
    ["runs/update", { run_id, run_name: "first" }],
    ["runs/update", { run_id, status: "FINISHED" }],
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
