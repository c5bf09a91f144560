import type { Registry } from "../registry.ts";
import { isLatest, requireAlias, requireFreeAlias } from "../validation/check-alias.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireVersion } from "../validation/check-version.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import {
  aliasNotFound,
  latestNotFound,
  modelNotFound,
  requireModel,
  versionNotFound,
} from "./find-or-refuse.ts";

export function aliasService({
  store,
}: RegistryDependencies): Pick<Registry, "setAlias" | "deleteAlias" | "getVersionByAlias"> {
  return {
    async setAlias({ workspace }, name, alias, version) {
      const number = requireVersion(version);
      if (!(await store.setAlias(workspace, requireModelName(name), requireFreeAlias(alias), number)))
        throw versionNotFound(name, number);
    },

    async deleteAlias({ workspace }, name, alias) {
      if (!(await store.deleteAlias(workspace, requireModelName(name), requireAlias(alias))))
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
