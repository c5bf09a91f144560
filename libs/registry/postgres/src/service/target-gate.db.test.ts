import { DomainError } from "@runweir/errors";
import { createRegistry, type TargetMove } from "@runweir/registry-domain";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";
import { createRegistryStore } from "../store/registry-store.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;

beforeAll(async () => {
  service = await createRegistryTestService();
});
afterAll(() => service.drop());

it("whatever moves an alias or a stage asks first what protects it, and moves nothing when refused", async () => {
  const { caller, database, clock } = service;
  const asked: (readonly TargetMove[])[] = [];
  const gate = { refuses: false };
  const registry = createRegistry({
    store: createRegistryStore({ database }),
    tracking: trackedPlaces({}, []),
    clock,
    gate: {
      async check(_, { model, moves }) {
        expect(model).toBe("gated");
        asked.push(moves);
        if (gate.refuses) throw new DomainError("permission_denied", "open a request");
      },
    },
  });
  await registry.createModel(caller, { name: "gated" });
  for (let i = 0; i < 2; i += 1)
    await registry.createVersion(caller, { name: "gated", source: "mlflow-artifacts:/0/r/artifacts/m" });
  const stage = (version: string, to: string) =>
    registry.transitionStage(caller, { name: "gated", version, stage: to, archiveExistingVersions: false });
  const alias = { model: "gated", target: { kind: "alias", alias: "champion" } };
  const inStage = (name: string) => ({ model: "gated", target: { kind: "stage", stage: name } });

  await registry.setAlias(caller, "gated", "champion", "1");
  await registry.setAlias(caller, "gated", "champion", "1");
  await stage("1", "Production");
  await stage("1", "None");
  await stage("1", "production");
  expect(asked.splice(0)).toEqual([
    [{ ...alias, from: undefined, to: 1 }],
    [{ ...inStage("Production"), from: undefined, to: 1 }],
    [{ ...inStage("Production"), from: 1 }],
    [{ ...inStage("Production"), from: undefined, to: 1 }],
  ]);

  gate.refuses = true;
  for (const attempt of [
    () => registry.setAlias(caller, "gated", "champion", "2"),
    () => registry.deleteAlias(caller, "gated", "champion"),
    () => stage("2", "Production"),
    () => stage("1", "Archived"),
    () => registry.deleteVersion(caller, "gated", "1"),
    () => registry.deleteModel(caller, "gated"),
  ])
    await expect(attempt()).rejects.toThrow("open a request");
  expect(await registry.getVersion(caller, "gated", "1")).toMatchObject({
    stage: "Production",
    aliases: ["champion"],
  });
  const everything = [
    { ...alias, from: 1 },
    { ...inStage("Production"), from: 1 },
  ];
  expect(asked).toEqual([
    [{ ...alias, from: 1, to: 2 }],
    [{ ...alias, from: 1, to: undefined }],
    [{ ...inStage("Production"), from: 1, to: 2 }],
    [
      { ...inStage("Production"), from: 1 },
      { ...inStage("Archived"), from: undefined, to: 1 },
    ],
    everything,
    everything,
  ]);
});
