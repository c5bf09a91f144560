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
import { askToDeleteModel } from "./ask-gate.ts";
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
    async createModel({ workspace, principal }, input) {
      const name = requireModelName(input.name);
      const tags = requireTags(input.tags ?? []);
      const description = requireDescription(input.description);
      try {
        await store.createModel(workspace, {
          name,
          description,
          tags,
          creatorId: principal.id,
          now: clock.now(),
        });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "already_exists") throw error;
        const taken = await store.findModel(workspace, name);
        throw taken ? nameTaken(name, tags, taken.tags) : error;
      }
      return requireModel(store, workspace, name);
    },

    getModel: async ({ workspace }, name) => requireModel(store, workspace, requireModelName(name)),

    async renameModel({ workspace }, name, newName) {
      const wanted = requireModelName(newName, "new_name");
      if (!(await store.renameModel(workspace, requireModelName(name), wanted, clock.now())))
        throw modelNotFound(name);
      return requireModel(store, workspace, wanted);
    },

    async updateModel({ workspace }, name, description) {
      const text = requireDescription(description);
      if (!(await store.describeModel(workspace, requireModelName(name), text, clock.now())))
        throw modelNotFound(name);
      return requireModel(store, workspace, name);
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
      const wanted = stages.map(requireStage);
      return wanted.length === 0
        ? model.latestVersions
        : model.latestVersions.filter(({ stage }) => wanted.includes(stage));
    },

    async setModelTag({ workspace }, name, tag) {
      if (!(await store.setModelTag(workspace, requireModelName(name), requireTag(tag))))
        throw modelNotFound(name);
    },

    async deleteModelTag({ workspace }, name, key) {
      const checked = requireName("key", key, "key");
      if (!(await store.deleteModelTag(workspace, requireModelName(name), checked)))
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
