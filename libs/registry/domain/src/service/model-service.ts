import { DomainError } from "@runweir/errors";
import { requireName, requireText, type Tag } from "@runweir/tracking-domain";
import { changeOf } from "../change.ts";
import { isPrompt } from "../prompt.ts";
import type { Registry } from "../registry.ts";
import { parseSearch } from "../search/parse-search.ts";
import { modelGrammar, modelOrderGrammar } from "../search/registry-grammar.ts";
import { requireStage } from "../stage.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireTag, requireTags } from "../validation/check-tag.ts";
import { limits } from "../validation/limits.ts";
import { askToDeleteModel, askToRenameModel } from "./ask-gate.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { modelNotFound, requireModel } from "./find-or-refuse.ts";

type ModelMethods = Pick<
  Registry,
  | "createModel"
  | "getModel"
  | "renameModel"
  | "updateModel"
  | "deleteModel"
  | "searchModels"
  | "getLatestVersions"
  | "setModelTag"
  | "deleteModelTag"
>;

export function modelService(dependencies: RegistryDependencies): ModelMethods {
  const { store, clock } = dependencies;
  return {
    async createModel(caller, input) {
      const { workspace } = caller;
      const name = requireModelName(input.name);
      const tags = requireTags(input.tags ?? []);
      const description = requireDescription(input.description);
      try {
        await store.createModel(workspace, { name, description, tags }, changeOf(caller, clock.now()));
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "already_exists") throw error;
        const taken = await store.findModel(workspace, name);
        throw taken ? nameTaken(name, tags, taken.tags) : error;
      }
      return requireModel(store, workspace, name);
    },

    getModel: async ({ workspace }, name) => requireModel(store, workspace, requireModelName(name)),

    async renameModel(caller, name, newName) {
      const wanted = requireModelName(newName, "new_name");
      await askToRenameModel(dependencies, caller, requireModelName(name), wanted);
      const change = changeOf(caller, clock.now());
      if (!(await store.renameModel(caller.workspace, requireModelName(name), wanted, change)))
        throw modelNotFound(name);
      return requireModel(store, caller.workspace, wanted);
    },

    async updateModel(caller, name, description) {
      const text = requireDescription(description);
      const change = changeOf(caller, clock.now());
      if (!(await store.describeModel(caller.workspace, requireModelName(name), text, change)))
        throw modelNotFound(name);
      return requireModel(store, caller.workspace, name);
    },

    async deleteModel(caller, name) {
      await askToDeleteModel(dependencies, caller, requireModelName(name));
      if (!(await store.deleteModel(caller.workspace, name, changeOf(caller, clock.now()))))
        throw modelNotFound(name);
    },

    searchModels: async ({ workspace }, search) =>
      store.searchModels(
        workspace,
        parseSearch(search, { filter: modelGrammar, order: modelOrderGrammar }, limits.searchModels),
      ),

    async getLatestVersions({ workspace }, name, stages) {
      const model = await requireModel(store, workspace, requireModelName(name));
      const wanted = await Promise.all(
        stages.map((stage) => requireStage(store, { workspace, model: name }, stage)),
      );
      return wanted.length === 0
        ? model.latestVersions
        : model.latestVersions.filter(({ stage }) => wanted.includes(stage));
    },

    async setModelTag(caller, name, tag) {
      const change = changeOf(caller, clock.now());
      if (!(await store.setModelTag(caller.workspace, requireModelName(name), requireTag(tag), change)))
        throw modelNotFound(name);
    },

    async deleteModelTag(caller, name, key) {
      const checked = requireName("key", key, "key");
      const change = changeOf(caller, clock.now());
      if (!(await store.deleteModelTag(caller.workspace, requireModelName(name), checked, change)))
        throw modelNotFound(name);
    },
  };
}

export function requireDescription(description: string | undefined): string | undefined {
  return description === undefined ? undefined : requireText("description", description, limits.description);
}

/** Prompts and models share their names, so a name may be taken by the other kind. */
function nameTaken(name: string, wanted: readonly Tag[], taken: readonly Tag[]): DomainError {
  const [kind, other] = [wanted, taken].map((tags) => (isPrompt(tags) ? "Prompt" : "Registered Model"));
  const message =
    kind === other
      ? `${kind} (name=${name}) already exists.`
      : `Tried to create a ${kind?.toLowerCase()} with name '${name}', but the name is already taken by a ` +
        `${other?.toLowerCase()}. MLflow does not allow creating a model and a prompt with the same name.`;
  return new DomainError("already_exists", message, { field: "name" });
}
