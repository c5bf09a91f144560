import type { Registry } from "../registry.ts";
import type { LoadCounter } from "./create-load-counter.ts";

/**
 * The registry for doors that models are loaded by: who is told where a version's files are is counted, and by which alias or
 * stage they had asked for it before.
 */
export function watchLoads(registry: Registry, counter: LoadCounter): Registry {
  return {
    ...registry,

    async getVersionByAlias(caller, name, alias) {
      const found = await registry.getVersionByAlias(caller, name, alias);
      counter.pointed(caller, { name, version: found.version }, { kind: "alias", alias });
      return found;
    },

    async getLatestVersions(caller, name, stages) {
      const found = await registry.getLatestVersions(caller, name, stages);
      // Whoever asks for several of them looks around.
      const [one, ...more] = stages.length === 1 ? found : [];
      if (one && more.length === 0)
        counter.pointed(caller, { name, version: one.version }, { kind: "stage", stage: one.stage });
      return found;
    },

    async getDownloadUri(caller, name, version) {
      const uri = await registry.getDownloadUri(caller, name, version);
      counter.loaded(caller, { name, version: Number(version) });
      return uri;
    },
  };
}
