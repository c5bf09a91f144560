import { requireText } from "@runweir/tracking-domain";
import type { ModelSelection, RegistryListing, StoredSelection } from "../model-listing.ts";
import { parseModelFilter, requireLimit } from "../search/parse-search.ts";
import { limits } from "../validation/limits.ts";
import type { RegistryDependencies } from "./dependencies.ts";

export function listingService({ store }: RegistryDependencies): RegistryListing {
  return {
    async listModels({ workspace }, { orderBy = "last_update_time", ascending, ...input }) {
      const page = await store.listModels(workspace, {
        ...readSelection(input),
        orderBy,
        ascending: ascending ?? orderBy === "name",
        limit: requireLimit(input.maxResults, limits.searchModels),
        pageToken: input.pageToken || undefined,
      });
      const names = page.items.map(({ name }) => name);
      const newest = await store.findNewestLoads(workspace, names);
      return {
        ...page,
        items: page.items.map((model) => ({ ...model, newestLoad: newest.get(model.name) })),
      };
    },

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
