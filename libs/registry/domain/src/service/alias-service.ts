import { changeOf } from "../change.ts";
import type { Registry } from "../registry.ts";
import { isLatest, requireAlias, requireFreeAlias } from "../validation/check-alias.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireVersion } from "../validation/check-version.ts";
import { askForAlias } from "./ask-gate.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import {
  aliasNotFound,
  latestNotFound,
  modelNotFound,
  requireModel,
  versionNotFound,
} from "./find-or-refuse.ts";

export function aliasService(
  dependencies: RegistryDependencies,
): Pick<Registry, "setAlias" | "deleteAlias" | "getVersionByAlias"> {
  const { store, clock } = dependencies;
  return {
    async setAlias(caller, name, alias, version) {
      const to = requireVersion(version);
      await askForAlias(dependencies, caller, {
        name: requireModelName(name),
        alias: requireFreeAlias(alias),
        to,
      });
      if (!(await store.setAlias(caller.workspace, name, alias, to, changeOf(caller, clock.now()))))
        throw versionNotFound(name, to);
    },

    async deleteAlias(caller, name, alias) {
      await askForAlias(dependencies, caller, { name: requireModelName(name), alias: requireAlias(alias) });
      if (!(await store.deleteAlias(caller.workspace, name, alias, changeOf(caller, clock.now()))))
        throw modelNotFound(name);
    },

    async getVersionByAlias({ workspace }, name, alias) {
      requireModelName(name);
      if (isLatest(requireAlias(alias))) {
        const { latestVersions } = await requireModel(store, workspace, name);
        const [newest] = latestVersions.toSorted((a, b) => b.version - a.version);
        if (!newest) throw latestNotFound(name);
        return newest;
      }
      const version = await store.findVersionByAlias(workspace, name, alias);
      if (version) return version;
      await requireModel(store, workspace, name);
      throw aliasNotFound(alias);
    },
  };
}
