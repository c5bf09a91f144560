import { DomainError } from "@runweir/errors";
import { requireName, requireText } from "@runweir/tracking-domain";
import { changeOf } from "../change.ts";
import type { NewModelVersion, Registry } from "../registry.ts";
import { parseSearch } from "../search/parse-search.ts";
import { versionGrammar, versionOrderGrammar } from "../search/registry-grammar.ts";
import { resolveSource } from "../source/resolve-source.ts";
import { archivedStage, requireActiveStage, requireStage } from "../stage.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireTag, requireTags } from "../validation/check-tag.ts";
import { requireVersion } from "../validation/check-version.ts";
import { limits } from "../validation/limits.ts";
import { askForStage, askToDeleteVersion } from "./ask-gate.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { modelNotFound, requireStoredVersion, versionNotFound } from "./find-or-refuse.ts";
import { requireDescription } from "./model-service.ts";

type VersionMethods = Pick<
  Registry,
  | "createVersion"
  | "getVersion"
  | "updateVersion"
  | "transitionStage"
  | "deleteVersion"
  | "searchVersions"
  | "getDownloadUri"
  | "setVersionTag"
  | "deleteVersionTag"
>;

export function versionService(dependencies: RegistryDependencies): VersionMethods {
  const { store, tracking, clock } = dependencies;
  return {
    async createVersion(caller, input) {
      const checked = requireNewVersion(input);
      const origin = await resolveSource(dependencies, caller, checked);
      const version = await store.createVersion(
        caller.workspace,
        { ...checked, ...origin },
        changeOf(caller, clock.now()),
      );
      if (!version) throw modelNotFound(input.name);
      if (origin.modelId)
        await tracking.recordModelVersion(caller, origin.modelId, version).catch(unlessModelIsGone);
      return version;
    },

    async getVersion({ workspace }, name, version) {
      const number = requireVersion(version);
      return (await requireStoredVersion(store, workspace, requireModelName(name), number)).version;
    },

    async updateVersion(caller, name, version, description) {
      const number = requireVersion(version);
      const text = requireDescription(description);
      const change = changeOf(caller, clock.now());
      const found = await store.describeVersion(
        caller.workspace,
        requireModelName(name),
        number,
        text,
        change,
      );
      if (!found) throw versionNotFound(name, number);
      return found;
    },

    async transitionStage(caller, { name, version, stage, archiveExistingVersions }) {
      const where = { workspace: caller.workspace, model: requireModelName(name) };
      const move = { name, version: requireVersion(version), stage: await requireStage(store, where, stage) };
      if (archiveExistingVersions) requireActiveStage(move.stage, stage);
      await askForStage(dependencies, caller, move);
      const moved = await store.moveVersion(caller.workspace, name, move.version, {
        stage: move.stage,
        archive: archiveExistingVersions ? archivedStage : undefined,
        change: changeOf(caller, clock.now()),
      });
      if (!moved) throw versionNotFound(name, move.version);
      return moved;
    },

    async deleteVersion(caller, name, version) {
      const number = requireVersion(version);
      await askToDeleteVersion(dependencies, caller, requireModelName(name), number);
      if (!(await store.deleteVersion(caller.workspace, name, number, changeOf(caller, clock.now()))))
        throw versionNotFound(name, number);
    },

    searchVersions: async ({ workspace }, search) =>
      store.searchVersions(
        workspace,
        parseSearch(search, { filter: versionGrammar, order: versionOrderGrammar }, limits.searchVersions),
      ),

    async getDownloadUri({ workspace }, name, version) {
      const number = requireVersion(version);
      return (await requireStoredVersion(store, workspace, requireModelName(name), number)).storageLocation;
    },

    async setVersionTag(caller, name, version, tag) {
      const number = requireVersion(version);
      const checked = requireTag(tag);
      const change = changeOf(caller, clock.now());
      if (!(await store.setVersionTag(caller.workspace, requireModelName(name), number, checked, change)))
        throw versionNotFound(name, number);
    },

    async deleteVersionTag(caller, name, version, key) {
      const number = requireVersion(version);
      const checked = requireName("key", key, "key");
      const change = changeOf(caller, clock.now());
      if (!(await store.deleteVersionTag(caller.workspace, requireModelName(name), number, checked, change)))
        throw versionNotFound(name, number);
    },
  };
}

/** A version made of another version names a logged model that may have been deleted since. */
function unlessModelIsGone(error: unknown): void {
  if (error instanceof DomainError && error.code === "not_found") return;
  throw error;
}

function requireNewVersion(input: NewModelVersion) {
  return {
    name: requireModelName(input.name),
    source: requireText("source", input.source, limits.source),
    runId: input.runId ? requireText("run_id", input.runId, limits.runId) : undefined,
    runLink: input.runLink ? requireText("run_link", input.runLink, limits.runLink) : undefined,
    modelId: input.modelId || undefined,
    description: requireDescription(input.description),
    tags: requireTags(input.tags ?? []),
  };
}
