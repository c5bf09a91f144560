import type { Directory } from "@runweir/identity-domain";
import type { Registry } from "@runweir/registry-domain";
import type { ReviewStore } from "@runweir/review-domain";

/** Grants that came with a model, and requests about it, go by its name: they follow it to another. The grants end with it. */
export function followModels(
  registry: Registry,
  { grants }: Directory,
  reviews: Pick<ReviewStore, "renameModel">,
): Registry {
  return {
    ...registry,
    async renameModel(caller, name, newName) {
      const model = await registry.renameModel(caller, name, newName);
      await grants.followRename(caller.workspace, name, newName);
      await reviews.renameModel(caller.workspace, name, newName);
      return model;
    },
    async deleteModel(caller, name) {
      await registry.deleteModel(caller, name);
      await grants.forget(caller.workspace, { on: "model", pattern: name });
    },
  };
}
