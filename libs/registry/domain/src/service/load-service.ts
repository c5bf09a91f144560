import type { RegistryLoads } from "../loads/version-load.ts";
import { requireLimit } from "../search/parse-search.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireVersion } from "../validation/check-version.ts";
import { limits } from "../validation/limits.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { requireStoredVersion } from "./find-or-refuse.ts";

export function loadService({ store }: RegistryDependencies): RegistryLoads {
  return {
    async listLoads({ workspace }, { name, version, maxResults, pageToken }) {
      const of = { name: requireModelName(name), version: requireVersion(version) };
      const limit = requireLimit(maxResults, limits.searchModels);
      await requireStoredVersion(store, workspace, of.name, of.version);
      return store.listLoads(workspace, of, { limit, pageToken: pageToken || undefined });
    },
  };
}
