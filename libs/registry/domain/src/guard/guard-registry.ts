import { DomainError } from "@runweir/errors";
import {
  type Caller,
  decide,
  type GuardRules,
  guardService,
  isAlikeForAll,
  type Permission,
  readable,
  requirePermission,
  requireRename,
} from "@runweir/identity-domain";
import type { ExperimentGate, Page } from "@runweir/tracking-domain";
import type { ModelVersion } from "../model-version.ts";
import type { NewModelVersion, Registry } from "../registry.ts";
import { parseSource } from "../source/parse-source.ts";
import { stagePermission } from "./stage-permission.ts";

type RegistryNeed =
  | { readonly permission: Permission; readonly model?: string; readonly newName?: string }
  | { readonly aliasOf: string; readonly alias: string }
  | { readonly moved: { readonly name: string; readonly version: string; readonly stage: string } }
  | { readonly readOf: { readonly kind: "run" | "experiment"; readonly id: string } }
  | { readonly madeOf: Pick<NewModelVersion, "source" | "runId" | "modelId"> };

type Needs = readonly RegistryNeed[];

function model(permission: Permission) {
  return (name: string): Needs => [{ permission, model: name }];
}

/** What each method takes, and of which model. Deleting takes managing it; names, tags and words an edit, as MLflow has it. */
const rules: GuardRules<Registry, RegistryNeed> = {
  // Whether a name is taken is told to those who may read what has it.
  createModel: ({ name }) => [{ permission: "model.create" }, ...model("model.read")(name)],
  getModel: model("model.read"),
  renameModel: (name, newName) => [{ permission: "model.edit", model: name, newName }],
  updateModel: model("model.edit"),
  deleteModel: model("model.manage"),
  searchModels: () => [{ permission: "model.read" }],
  getLatestVersions: model("model.read"),
  setModelTag: model("model.edit"),
  deleteModelTag: model("model.edit"),

  setAlias: (name, alias) => [{ aliasOf: name, alias }],
  deleteAlias: (name, alias) => [{ aliasOf: name, alias }],
  getVersionByAlias: model("model.read"),

  createVersion: (input) => [...model("model.edit")(input.name), { madeOf: input }],
  getVersion: model("model.read"),
  updateVersion: model("model.edit"),
  transitionStage: (moved) => [...model("model.edit")(moved.name), { moved }],
  deleteVersion: model("model.manage"),
  searchVersions: () => [{ permission: "model.read" }],
  getDownloadUri: model("model.read"),
  setVersionTag: model("model.edit"),
  deleteVersionTag: model("model.edit"),

  getHistory: model("model.read"),
  getTargetAt: model("model.read"),
  listModels: () => [{ permission: "model.read" }],
  getModelFacets: () => [{ permission: "model.read" }],

  getLineage: model("model.read"),
  findVersionsOfRun: ({ runId }) => [{ permission: "model.read" }, { readOf: { kind: "run", id: runId } }],
  findVersionsOfDataset: ({ experimentIds }) => [
    { permission: "model.read" },
    ...experimentIds.map((id) => ({ readOf: { kind: "experiment", id } as const })),
  ],
  listLoads: ({ name }) => model("model.read")(name),
  listStages: (name) => (name === undefined ? [{ permission: "model.read" }] : model("model.read")(name)),
  setStages: ({ model: name }) =>
    name === undefined ? [{ permission: "workspace.manage" }] : model("model.manage")(name),
};

/** The registry as doors get it. */
export function guardRegistry(
  registry: Registry,
  options: {
    readonly gate: ExperimentGate;
    /** Rejects for who may not read what lies at a location; one that belongs to nobody known may be named. */
    requireLocation(caller: Caller, uri: string): Promise<void>;
    /** Hears of every model that was made, so that its maker may manage it. */
    onCreated?(caller: Caller, name: string): Promise<void>;
  },
): Registry {
  /** Both the stage that a version leaves and the one it comes into are somebody's. */
  async function requireMove(caller: Caller, moved: { name: string; version: string; stage: string }) {
    const { name, version, stage } = moved;
    const stages = await registry.listStages(caller, name);
    const present = (await registry.getVersion(caller, name, version)).stage;
    for (const one of [present, stage]) {
      const permission = stagePermission(stages, one);
      if (permission !== undefined) requirePermission(caller, permission, { kind: "model", name });
    }
  }

  /** A version tells of what it is made of, so whoever makes it must be allowed to read that. */
  async function requireOrigin(caller: Caller, { source, runId, modelId }: NewModelVersion | Origin) {
    const permission = "experiment.read";
    const run = (id: string) => ({ permission, on: { kind: "run", id, mayBeAbsent: true } }) as const;
    const loggedModel = (id: string) =>
      ({ permission, on: { kind: "logged-model", id, mayBeAbsent: true } }) as const;
    const parsed = parseSource(source);
    const [, sourceRun] = /^runs:\/+([^/]+)/i.exec(source) ?? [];
    await options.gate.require(caller, [
      ...(runId ? [run(runId)] : []),
      ...(sourceRun === undefined ? [] : [run(sourceRun)]),
      ...(modelId ? [loggedModel(modelId)] : []),
      ...(parsed.kind === "logged-model" ? [loggedModel(parsed.modelId)] : []),
    ]);
    if (parsed.kind === "version")
      requirePermission(caller, "model.read", { kind: "model", name: parsed.name });
    if (parsed.kind === "local" || parsed.kind === "remote") await options.requireLocation(caller, source);
  }

  async function require(caller: Caller, needs: Needs): Promise<void> {
    for (const need of needs) {
      if ("madeOf" in need) await requireOrigin(caller, need.madeOf);
      else if ("readOf" in need)
        await options.gate.require(caller, [{ permission: "experiment.read", on: need.readOf }]);
      else if ("moved" in need) {
        // Who may do the same to every model and manage them is not looked anything up for.
        if (!(isAlikeForAll(caller, "model") && caller.rights.administrator))
          await requireMove(caller, need.moved);
      } else if ("aliasOf" in need)
        requirePermission(caller, "alias.move", { kind: "alias", model: need.aliasOf, alias: need.alias });
      else if (need.model === undefined) requirePermission(caller, need.permission);
      else {
        const object = { kind: "model", name: need.model } as const;
        requirePermission(caller, need.permission, object);
        if (need.newName !== undefined) requireRename(caller, object, need.newName);
      }
    }
  }

  /** Who may read a version need not be allowed to read what it comes from. */
  async function ifReadable<T>(
    caller: Caller,
    on: { readonly kind: "run" | "logged-model"; readonly id: string },
    value: T,
  ): Promise<T | undefined> {
    try {
      await options.gate.require(caller, [{ permission: "experiment.read", on }]);
      return value;
    } catch (error) {
      if (error instanceof DomainError && error.code !== "unavailable") return undefined;
      throw error;
    }
  }

  const seen: Registry = {
    ...registry,
    searchModels: (caller, search) =>
      registry.searchModels(caller, { ...search, visible: readable(caller, "model") }),
    searchVersions: (caller, search) =>
      registry.searchVersions(caller, { ...search, visible: readable(caller, "model") }),
    listModels: (caller, input) =>
      registry.listModels(caller, { ...input, visible: readable(caller, "model") }),
    getModelFacets: (caller, selection) =>
      registry.getModelFacets(caller, { ...selection, visible: readable(caller, "model") }),
    async getLineage(caller, name, version) {
      const found = await registry.getLineage(caller, name, version);
      const mayRead = (one: { readonly name: string }) =>
        decide(caller, "model.read", { kind: "model", name: one.name }).allowed;
      return {
        version: found.version,
        run: found.run && (await ifReadable(caller, { kind: "run", id: found.run.runId }, found.run)),
        loggedModel:
          found.loggedModel &&
          (await ifReadable(
            caller,
            { kind: "logged-model", id: found.loggedModel.modelId },
            found.loggedModel,
          )),
        derivedFrom: found.derivedFrom.filter(mayRead),
        derived: found.derived.filter(mayRead),
      };
    },
    findVersionsOfRun: async (caller, input) =>
      onlyReadable(caller, await registry.findVersionsOfRun(caller, input)),
    findVersionsOfDataset: async (caller, input) =>
      onlyReadable(caller, await registry.findVersionsOfDataset(caller, input)),
    async createModel(caller, input) {
      const made = await registry.createModel(caller, input);
      await options.onCreated?.(caller, made.name);
      return made;
    },
  };
  return guardService(seen, rules, require);
}

function onlyReadable(caller: Caller, page: Page<ModelVersion>): Page<ModelVersion> {
  const items = page.items.filter(
    ({ name }) => decide(caller, "model.read", { kind: "model", name }).allowed,
  );
  return { ...page, items };
}

type Origin = Pick<NewModelVersion, "source" | "runId" | "modelId">;
