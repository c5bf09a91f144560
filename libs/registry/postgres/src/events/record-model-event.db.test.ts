import { afterAll, beforeAll, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;

beforeAll(async () => {
  service = await createRegistryTestService();
});
afterAll(() => service.drop());

const source = "mlflow-artifacts:/0/r/artifacts/m";

it("every change tells what it changed, by whom, in the order in which it happened", async () => {
  const { registry, caller, database, clock } = service;
  await registry.createModel(caller, { name: "told", description: "a", tags: [{ key: "k", value: "1" }] });
  await registry.updateModel(caller, "told", "b");
  await registry.setModelTag(caller, "told", { key: "k", value: "2" });
  await registry.deleteModelTag(caller, "told", "k");
  await registry.deleteModelTag(caller, "told", "k");
  for (let i = 0; i < 2; i += 1)
    await registry.createVersion(caller, {
      name: "told",
      source,
      runId: "r",
      tags: [{ key: "v", value: "1" }],
    });
  await registry.updateVersion(caller, "told", "1", "first");
  await registry.setVersionTag(caller, "told", "2", { key: "v", value: "2" });
  await registry.deleteVersionTag(caller, "told", "2", "v");
  await registry.setAlias(caller, "told", "champion", "1");
  await registry.setAlias(caller, "told", "champion", "1");
  await registry.setAlias(caller, "told", "champion", "2");
  const move = { name: "told", stage: "Production" };
  await registry.transitionStage(caller, { ...move, version: "1", archiveExistingVersions: false });
  await registry.transitionStage(caller, { ...move, version: "2", archiveExistingVersions: true });
  await registry.deleteVersion(caller, "told", "2");
  await registry.renameModel(caller, "told", "retold");
  await registry.deleteModel(caller, "retold");
  await registry.createModel(caller, {
    name: "p",
    tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }],
  });
  await expect(registry.setAlias(caller, "p", "a", "9")).rejects.toThrow("not found");

  const events = await database.query<Record<string, unknown>>(
    "SELECT workspace, time, kind, actor_name, model, subject, before, after FROM outbox.event ORDER BY id",
  );
  for (const event of events)
    expect(event).toMatchObject({ workspace: "default", time: clock.time, actor_name: "Local owner" });
  const first = { source, runId: "r", tags: [{ key: "v", value: "1" }] };
  const tag = { version: "2", key: "v" };
  expect(
    events.map(({ kind, model, subject, before, after }) => [kind, model, subject, before, after]),
  ).toEqual([
    ["registered_model.created", "told", {}, null, { description: "a", tags: [{ key: "k", value: "1" }] }],
    [
      "registered_model.updated",
      "told",
      {},
      { description: "a", tags: [{ key: "k", value: "1" }] },
      { description: "b", tags: [{ key: "k", value: "1" }] },
    ],
    ["registered_model_tag.set", "told", { key: "k" }, "1", "2"],
    ["registered_model_tag.deleted", "told", { key: "k" }, "2", null],
    ["model_version.created", "told", { version: "1" }, null, first],
    ["model_version.created", "told", { version: "2" }, null, first],
    ["model_version.updated", "told", { version: "1" }, first, { ...first, description: "first" }],
    ["model_version_tag.set", "told", tag, "1", "2"],
    ["model_version_tag.deleted", "told", tag, "2", null],
    ["model_alias.moved", "told", { alias: "champion" }, null, { version: "1" }],
    ["model_alias.moved", "told", { alias: "champion" }, { version: "1" }, { version: "2" }],
    ["model_version.transitioned", "told", { version: "1" }, { stage: "None" }, { stage: "Production" }],
    ["model_version.transitioned", "told", { version: "1" }, { stage: "Production" }, { stage: "Archived" }],
    ["model_version.transitioned", "told", { version: "2" }, { stage: "None" }, { stage: "Production" }],
    ["model_version.deleted", "told", { version: "2" }, { source, runId: "r", tags: [] }, null],
    ["model_alias.moved", "told", { alias: "champion" }, { version: "2" }, null],
    ["registered_model.renamed", "retold", {}, { name: "told" }, { name: "retold" }],
    ["registered_model.deleted", "retold", {}, { description: "b", tags: [] }, null],
    [
      "registered_model.created",
      "p",
      { prompt: true },
      null,
      { tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] },
    ],
  ]);
});
