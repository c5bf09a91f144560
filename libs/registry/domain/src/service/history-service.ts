import { DomainError } from "@runweir/errors";
import type { RegistryHistory } from "../history.ts";
import { requireLimit } from "../search/parse-search.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireTarget } from "../validation/check-target.ts";
import { requireVersion } from "../validation/check-version.ts";
import { limits } from "../validation/limits.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { modelNotFound, requireModel } from "./find-or-refuse.ts";

export function historyService({ store }: RegistryDependencies): RegistryHistory {
  return {
    async getHistory({ workspace }, name, { target, version, maxResults, pageToken }) {
      const page = await store.readHistory(workspace, requireModelName(name), {
        target: target && (await requireTarget(store, { workspace, model: name }, target)),
        version: version === undefined ? undefined : requireVersion(version),
        limit: requireLimit(maxResults, limits.searchModels),
        pageToken: pageToken || undefined,
      });
      if (!page) throw modelNotFound(name);
      return page;
    },

    async getTargetAt({ workspace }, name, target, time) {
      if (!Number.isSafeInteger(time) || time < 0)
        throw new DomainError(
          "invalid_argument",
          `Invalid value ${time} for parameter 'time': it must be milliseconds since 1970.`,
          { field: "time" },
        );
      const wanted = await requireTarget(store, { workspace, model: requireModelName(name) }, target);
      const found = await store.findTargetAt(workspace, name, wanted, time);
      if (!found) await requireModel(store, workspace, name);
      return found;
    },
  };
}
