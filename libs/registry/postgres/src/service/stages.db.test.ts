import type { Caller } from "@runweir/identity-domain";
import type { Registry, Stage } from "@runweir/registry-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stageRows } from "../../testing/history-rows.ts";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let registry: Registry;
/** In a workspace that has a stage of its own. */
let naming: Caller;

beforeAll(async () => {
  service = await createRegistryTestService();
  ({ registry } = service);
  for (const name of ["a", "b"]) {
    await registry.createModel(service.caller, { name });
    for (let i = 0; i < 2; i += 1)
      await registry.createVersion(service.caller, { name, source: "mlflow-artifacts:/0/r/artifacts/m" });
  }
  naming = { ...service.caller, workspace: "naming" };
  await registry.createModel(naming, { name: "b" });
  await registry.setStages(naming, { stages: [shadow] });
});
afterAll(() => service.drop());

const shadow: Stage = { name: "Shadow", level: "staging" };
const canary: Stage = { name: "Canary", level: "production" };
const move = (name: string, version: string, stage: string, archiveExistingVersions = false) =>
  registry.transitionStage(service.caller, { name, version, stage, archiveExistingVersions });

describe("stages of one's own", () => {
  it("are of the workspace, or of one model", async () => {
    const { caller } = service;
    await expect(move("a", "1", "Shadow")).rejects.toThrow("Invalid Model Version stage: Shadow.");
    await registry.setStages(caller, { stages: [shadow] });
    await registry.setStages(caller, { model: "a", stages: [canary] });
    const namesOf = async (model?: string) =>
      (await registry.listStages(caller, model)).map(({ name }) => name);
    expect(await namesOf()).toEqual(["None", "Staging", "Production", "Archived", "Shadow"]);
    expect(await namesOf("a")).toEqual(["None", "Staging", "Production", "Archived", "Shadow", "Canary"]);
    expect((await move("a", "1", "SHADOW")).stage).toBe("Shadow");
    expect((await move("a", "2", "shadow", true)).stage).toBe("Shadow");
    expect((await registry.getVersion(caller, "a", "1")).stage).toBe("Archived");
    expect((await move("a", "1", "canary")).stage).toBe("Canary");
    await expect(move("b", "1", "Canary")).rejects.toThrow(
      "Value must be one of None, Staging, Production, Archived, Shadow.",
    );
    expect(await registry.getLatestVersions(caller, "a", ["canary"])).toMatchObject([{ version: 1 }]);
    expect((await stageRows(service.database, "a", 1)).map((row) => row.value)).toEqual([
      "Shadow",
      "Archived",
      "Canary",
    ]);
    const made = await registry.createVersion(caller, { name: "a", source: "models:/a/canary" });
    expect(made.source).toBe("models:/a/1");
    const other = { ...caller, workspace: "elsewhere" };
    expect((await registry.listStages(other)).map(({ name }) => name)).not.toContain("Shadow");
  });

  it("stay while they hold versions", async () => {
    const caller = { ...service.caller, workspace: "holding" };
    await registry.createModel(caller, { name: "held" });
    await registry.createVersion(caller, { name: "held", source: "mlflow-artifacts:/0/r/artifacts/m" });
    await registry.setStages(caller, { stages: [shadow] });
    const moveTo = (stage: string) =>
      registry.transitionStage(caller, { name: "held", version: "1", stage, archiveExistingVersions: false });
    await moveTo("Shadow");
    await expect(registry.setStages(caller, { stages: [] })).rejects.toThrow(
      "Parameter 'stages' leaves out Shadow, which hold versions",
    );
    await moveTo("None");
    expect(await registry.setStages(caller, { stages: [] })).toHaveLength(4);
  });

  it.each([
    ["Production", "there is already"],
    ["shadow", "there is already"],
    ["latest", "the greatest version"],
    ["12", "reads like a version"],
    ["a/b", "has 1 to 64 letters"],
    ["", "has 1 to 64 letters"],
  ])("cannot be called '%s'", async (name, why) => {
    const work = registry.setStages(naming, { model: "b", stages: [{ name, level: "edit" }] });
    await expect(work).rejects.toThrow(why);
  });
});
