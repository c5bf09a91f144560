import { requireText } from "@runweir/tracking-domain";
import type { ModelSelection, RegistryListing, StoredSelection } from "../model-listing.ts";
import { parseModelFilter, requireLimit } from "../search/parse-search.ts";
import { limits } from "../validation/limits.ts";
import type { RegistryDependencies } from "./dependencies.ts";

export function listingService({ store }: RegistryDependencies): RegistryListing {
  return {
    listModels: async ({ workspace }, { orderBy = "last_update_time", ascending, ...input }) =>
      store.listModels(workspace, {
        ...readSelection(input),
        orderBy,
        ascending: ascending ?? orderBy === "name",
        limit: requireLimit(input.maxResults, limits.searchModels),
        pageToken: input.pageToken || undefined,
      }),

    getModelFacets: async ({ workspace }, selection) =>
      store.countFacets(workspace, readSelection(selection)),
  };
}

export function readSelection(selection: ModelSelection): StoredSelection {
  const { filter, text, owner, alias, stage, visible } = selection;
  return {
    where: parseModelFilter(filter),
    text: text ? requireText("text", text, limits.modelName) : undefined,
    owner: owner || undefined,
    alias: alias || undefined,
    stage: stage || undefined,
    visible,
  };
}
