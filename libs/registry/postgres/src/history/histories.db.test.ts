import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadMigrations, migrate } from "@runweir/postgres";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { brokenPlaces, stageRows, targetRows } from "../../testing/history-rows.ts";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";
import { createRegistryImport, registryMigrations } from "../index.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;

beforeAll(async () => {
  service = await createRegistryTestService();
});
afterAll(() => service.drop());

const source = "mlflow-artifacts:/0/r/artifacts/m";

async function newModel(name: string, versions: number): Promise<string> {
  await service.registry.createModel(service.caller, { name });
  for (let i = 0; i < versions; i += 1)
    await service.registry.createVersion(service.caller, { name, source });
  return name;
}

const values = (rows: readonly { readonly value: unknown }[]) => rows.map((row) => row.value);

describe("histories", () => {
  it("keep what clients do to aliases, with the caller as the one who did it", async () => {
    const { registry, caller, clock, database } = service;
    const name = await newModel("aliased", 2);
    for (const version of ["1", "1", "2"]) {
      clock.time += 10;
      await registry.setAlias(caller, name, "champion", version);
    }
    clock.time += 10;
    await registry.deleteAlias(caller, name, "champion");
    await registry.deleteAlias(caller, name, "champion");
    const rows = await targetRows(database, name, "alias", "champion");
    expect(values(rows)).toEqual([1, 2, null]);
    expect(rows[2]).toMatchObject({
      valid_from: clock.time,
      valid_to: null,
      previous: 2,
      actor_name: "Local owner",
      request_id: "test",
    });
    expect(brokenPlaces(rows)).toEqual([]);
  });

  it("keep the stages of versions, and what clients got by each stage", async () => {
    const { registry, caller, clock, database } = service;
    const name = await newModel("staged", 3);
    const move = (version: string, stage: string, archiveExistingVersions = false) => {
      clock.time += 10;
      return registry.transitionStage(caller, { name, version, stage, archiveExistingVersions });
    };
    await move("1", "Production");
    await move("1", "production");
    await move("2", "Production");
    await move("3", "Production", true);
    await registry.deleteVersion(caller, name, "3");
    expect(values(await stageRows(database, name, 1))).toEqual(["Production", "Archived"]);
    expect(values(await stageRows(database, name, 3))).toEqual(["Production", null]);
    const production = await targetRows(database, name, "stage", "Production");
    expect(values(production)).toEqual([1, 2, 3, null]);
    expect(values(await targetRows(database, name, "stage", "Archived"))).toEqual([2]);
    for (const rows of [
      production,
      ...(await Promise.all([1, 2, 3].map((n) => stageRows(database, name, n)))),
    ])
      expect(brokenPlaces(rows)).toEqual([]);
  });

  it("end with their model, which leaves them behind", async () => {
    const { registry, caller, clock, database } = service;
    const name = await newModel("ended", 2);
    await registry.setAlias(caller, name, "champion", "2");
    await registry.transitionStage(caller, {
      name,
      version: "1",
      stage: "Staging",
      archiveExistingVersions: false,
    });
    clock.time += 5;
    await registry.deleteModel(caller, name);
    await newModel(name, 1);
    expect(values(await targetRows(database, name, "alias", "champion"))).toEqual([2, null]);
    expect(values(await targetRows(database, name, "stage", "Staging"))).toEqual([1, null]);
    expect(values(await stageRows(database, name, 1))).toEqual(["Staging", null]);
  });

  it("begin where something comes from elsewhere, and say so", async () => {
    const { database } = service;
    const place = createRegistryImport({ database });
    const times = { creationTime: 5, lastUpdateTime: 6, tags: [] };
    await place.placeModel("default", { name: "imported", lastVersion: 4, ...times });
    const version = { source, storageLocation: source, status: "READY", ...times } as const;
    await place.placeVersions("default", "imported", [
      { version: 2, stage: "Production", ...version },
      { version: 4, stage: "None", ...version },
    ]);
    expect(await place.placeAliases("default", "imported", [{ alias: "a", version: 4 }])).toEqual({
      made: 1,
      differing: [],
      absent: [],
    });
    for (const rows of [
      await targetRows(database, "imported", "alias", "a"),
      await targetRows(database, "imported", "stage", "Production"),
      await stageRows(database, "imported", 2),
    ])
      expect(rows).toMatchObject([
        { previous: null, reason: "Imported: who moved it before, and when, was not taken over." },
      ]);
    expect(await stageRows(database, "imported", 4)).toEqual([]);
  });

  it("begin at the migration for what was there before it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "runweir-migrations-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [first] = (await readdir(registryMigrations)).toSorted();
    await copyFile(join(registryMigrations, first ?? ""), join(folder, first ?? ""));
    const database = await createTestDatabase([folder]);
    onTestFinished(() => database.drop());
    await database.query(
      `INSERT INTO registry.model (workspace, name, creator_id, creation_time, last_update_time)
       VALUES ('default', 'old', 'ann', 1, 1)`,
    );
    await database.query(
      `INSERT INTO registry.model_version (model_no, version, workspace, stage, creation_time, last_update_time, source, storage_location)
       SELECT 1, n, 'default', CASE WHEN n < 3 THEN 'Production' ELSE 'None' END, 1, 1, 's', 's' FROM generate_series(1, 3) AS n`,
    );
    await database.query(
      "INSERT INTO registry.model_alias (model_no, alias, version) VALUES (1, 'champion', 3)",
    );
    await migrate(database, await loadMigrations([registryMigrations]));
    const said = {
      actor_name: "Runweir",
      reason: "History begins here: who moved it before, and when, was not kept.",
    };
    expect(await targetRows(database, "old", "alias", "champion")).toMatchObject([
      { value: 3, previous: null, ...said },
    ]);
    expect(await targetRows(database, "old", "stage", "Production")).toMatchObject([{ value: 2, ...said }]);
    expect(await stageRows(database, "old", 1)).toMatchObject([{ value: "Production", ...said }]);
    expect(await stageRows(database, "old", 3)).toEqual([]);
  });
});
