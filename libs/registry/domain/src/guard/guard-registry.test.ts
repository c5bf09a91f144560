import {
  type Caller,
  type Grant,
  type GrantTarget,
  type Level,
  localOwner,
  noRights,
  type Rights,
} from "@runweir/identity-domain";
import type { ExperimentGate } from "@runweir/tracking-domain";
import { beforeEach, describe, expect, test } from "vitest";
import type { Registry } from "../registry.ts";
import { builtInStages } from "../stage.ts";
import { guardRegistry } from "./guard-registry.ts";

let registry: Registry;
const stages: Record<string, string> = { "1": "None", "2": "Staging", "3": "Production", "4": "Shadow" };
/** What the experiments' gate and the files' gate were asked. */
const asked: unknown[] = [];

const gate: ExperimentGate = {
  async require(_caller, needs) {
    asked.push(...needs.map(({ on }) => on));
  },
  readableAmong: async () => new Set(),
};

beforeEach(() => {
  asked.length = 0;
  // Every method answers what it was asked; the guard is what is tested.
  const bare = Object.fromEntries(
    Object.keys(everything).map((name) => [
      name,
      async (_caller: Caller, ...rest: unknown[]) => [name, ...rest],
    ]),
  ) as unknown as Registry;
  registry = guardRegistry(
    {
      ...bare,
      getVersion: async (_caller, name, version) =>
        ({ name, version: Number(version), stage: stages[version] }) as Awaited<
          ReturnType<Registry["getVersion"]>
        >,
      listStages: async () => [...builtInStages, { name: "Shadow", level: "production" }],
      getLineage: async (_caller, name, version) => ({
        version: { name, version: Number(version) } as Awaited<ReturnType<Registry["getVersion"]>>,
        derivedFrom: [],
        derived: [],
      }),
      findVersionsOfRun: async () => ({ items: [] }),
      findVersionsOfDataset: async () => ({ items: [] }),
    },
    { gate, requireLocation: async (_caller, uri) => void asked.push(uri) },
  );
});

function ann(rights: Partial<Rights>): Caller {
  return {
    ...localOwner("r"),
    principal: { kind: "user", id: "u1", name: "ann" },
    rights: { ...noRights, ...rights },
  };
}

function on(pattern: string, level: Level = "read", part: Partial<Grant> = {}): Grant {
  const target: GrantTarget = { on: "model", pattern };
  return { grantId: "g", effect: "allow", level, holder: { kind: "everyone" }, target, ...part };
}

async function isAllowed(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    expect(error).toMatchObject({
      code: "permission_denied",
      message: expect.stringMatching(/^Permission denied: /),
    });
    return false;
  }
}

type Asks = (as: Caller, name: string) => Promise<unknown>;
const tag = { key: "k", value: "v" };
const page = { maxResults: 1 };
const source = "s3://bucket/model";

const everything: { readonly [Name in keyof Registry]: readonly [Level | "any", Asks] } = {
  createModel: ["any", (as, name) => registry.createModel(as, { name })],
  getModel: ["read", (as, name) => registry.getModel(as, name)],
  renameModel: ["edit", (as, name) => registry.renameModel(as, name, `${name}2`)],
  updateModel: ["edit", (as, name) => registry.updateModel(as, name, "words")],
  deleteModel: ["manage", (as, name) => registry.deleteModel(as, name)],
  searchModels: ["any", (as) => registry.searchModels(as, page)],
  getLatestVersions: ["read", (as, name) => registry.getLatestVersions(as, name, [])],
  setModelTag: ["edit", (as, name) => registry.setModelTag(as, name, tag)],
  deleteModelTag: ["edit", (as, name) => registry.deleteModelTag(as, name, "k")],
  setAlias: ["edit", (as, name) => registry.setAlias(as, name, "champion", "1")],
  deleteAlias: ["edit", (as, name) => registry.deleteAlias(as, name, "champion")],
  getVersionByAlias: ["read", (as, name) => registry.getVersionByAlias(as, name, "champion")],
  createVersion: ["edit", (as, name) => registry.createVersion(as, { name, source })],
  getVersion: ["read", (as, name) => registry.getVersion(as, name, "1")],
  updateVersion: ["edit", (as, name) => registry.updateVersion(as, name, "1", "words")],
  transitionStage: ["edit", (as, name) => move(as, name, "1", "Archived")],
  deleteVersion: ["manage", (as, name) => registry.deleteVersion(as, name, "1")],
  searchVersions: ["any", (as) => registry.searchVersions(as, page)],
  getDownloadUri: ["read", (as, name) => registry.getDownloadUri(as, name, "1")],
  setVersionTag: ["edit", (as, name) => registry.setVersionTag(as, name, "1", tag)],
  deleteVersionTag: ["edit", (as, name) => registry.deleteVersionTag(as, name, "1", "k")],
  getHistory: ["read", (as, name) => registry.getHistory(as, name, page)],
  getTargetAt: ["read", (as, name) => registry.getTargetAt(as, name, { kind: "alias", alias: "a" }, 0)],
  listLoads: ["read", (as, name) => registry.listLoads(as, { name, version: "1", ...page })],
  getLineage: ["read", (as, name) => registry.getLineage(as, name, "1")],
  findVersionsOfRun: ["any", (as) => registry.findVersionsOfRun(as, { runId: "r", ...page })],
  findVersionsOfDataset: [
    "any",
    (as) => registry.findVersionsOfDataset(as, { experimentIds: ["1"], digest: "d", ...page }),
  ],
  listStages: ["read", (as, name) => registry.listStages(as, name)],
  setStages: ["manage", (as, name) => registry.setStages(as, { model: name, stages: [] })],
  listModels: ["any", (as) => registry.listModels(as, page)],
  getModelFacets: ["any", (as) => registry.getModelFacets(as, {})],
};

function move(as: Caller, name: string, version: string, stage: string): Promise<unknown> {
  return registry.transitionStage(as, { name, version, stage, archiveExistingVersions: false });
}

describe.each(Object.entries(everything))("%s", (name, [needed, ask]) => {
  const levels = ["read", "edit", "manage"] as const;

  test.each(levels)("with a grant to %s the model", async (level) => {
    const caller = ann({ role: "guest", grants: [on("fraud*", level)] });
    const reaches = levels.indexOf(level) >= levels.indexOf(needed as (typeof levels)[number]);
    expect(await isAllowed(ask(caller, "fraud"))).toBe(needed === "any" ? name !== "createModel" : reaches);
    if (needed !== "any") expect(await isAllowed(ask(caller, "other"))).toBe(false);
  });

  test("denied on the model, whatever the role", async () => {
    const caller = ann({ role: "admin", grants: [on("fraud", "read", { effect: "deny" })] });
    expect(await isAllowed(ask(caller, "fraud"))).toBe(needed === "any" && name !== "createModel");
    expect(await isAllowed(ask(caller, "other"))).toBe(true);
  });

  test("not with tokens for logging or for some experiments", async () => {
    for (const scope of [{ access: "ingest" }, { access: "all", experimentIds: ["1"] }] as const)
      expect(await isAllowed(ask(ann({ administrator: true, scope }), "fraud"))).toBe(false);
  });

  test("for the local owner", async () => expect(await isAllowed(ask(localOwner("r"), "fraud"))).toBe(true));
});

test.each([
  ["edit", "1", "Archived", true],
  ["edit", "1", "Staging", false],
  ["edit", "2", "None", false],
  ["edit", "1", "production", false],
  ["staging", "1", "staging", true],
  ["staging", "2", "Archived", true],
  ["staging", "2", "Production", false],
  ["staging", "3", "Staging", false],
  ["production", "3", "Staging", true],
  ["production", "1", "Production", true],
  ["staging", "1", "shadow", false],
  ["staging", "4", "Staging", false],
  ["production", "1", "SHADOW", true],
] as const)("with %s, version %s to %s: %s", async (level, version, stage, expected) => {
  expect(await isAllowed(move(ann({ grants: [on("fraud", level)] }), "fraud", version, stage))).toBe(
    expected,
  );
});

test("aliases move by grants of their own, and protected ones by no mere edit", async () => {
  const protectedAliases = ["*@champion"];
  const champion = (as: Caller) => isAllowed(registry.setAlias(as, "fraud", "champion", "1"));
  expect(await champion(ann({ protectedAliases, grants: [on("fraud", "edit")] }))).toBe(false);
  expect(await champion(ann({ protectedAliases, grants: [on("fraud", "production")] }))).toBe(true);
  const own = { ...on("", "read"), target: { on: "alias", pattern: "fraud@champion" } as const };
  expect(await champion(ann({ protectedAliases, grants: [on("fraud"), own] }))).toBe(true);
  expect(await isAllowed(registry.deleteAlias(ann({ grants: [on("fraud"), own] }), "fraud", "other"))).toBe(
    false,
  );
});

test("nobody gives themselves more by giving a model another name", async () => {
  const caller = ann({ grants: [on("fraud", "edit"), on("ann-*", "production"), on("free*", "edit")] });
  const rename = (to: string) => isAllowed(registry.renameModel(caller, "fraud", to));
  expect([await rename("free"), await rename("ann-fraud"), await rename("other")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("who has made a model may give it another name, unless that one is denied them", async () => {
  const own = on("fraud", "manage", { isOwn: true });
  const caller = ann({ role: "member", grants: [own, on("prod-*", "edit", { effect: "deny" })] });
  const rename = (to: string) => isAllowed(registry.renameModel(caller, "fraud", to));
  expect([await rename("theft"), await rename("prod-fraud"), await rename("the*")]).toEqual([
    true,
    false,
    false,
  ]);
  const given = ann({ role: "member", grants: [on("fraud", "manage")] });
  expect(await isAllowed(registry.renameModel(given, "fraud", "theft"))).toBe(false);
});

test("a version is made of what its maker may read", async () => {
  const caller = ann({ grants: [on("fraud", "edit")] });
  const make = (input: { source: string; runId?: string; modelId?: string }) =>
    registry.createVersion(caller, { name: "fraud", ...input });
  await make({ source: "runs:/r1/model", runId: "r2" });
  await make({ source: "models:/m-1" });
  await make({ source: "mlflow-artifacts:/1/r3/artifacts/model", modelId: "m-2" });
  await make({ source: "models:/fraud/1" });
  const run = (id: string) => ({ kind: "run", id, mayBeAbsent: true });
  const model = (id: string) => ({ kind: "logged-model", id, mayBeAbsent: true });
  expect(asked).toEqual([
    run("r2"),
    run("r1"),
    "runs:/r1/model",
    model("m-1"),
    model("m-2"),
    "mlflow-artifacts:/1/r3/artifacts/model",
  ]);
  expect(await isAllowed(make({ source: "models:/other/1" }))).toBe(false);
});
