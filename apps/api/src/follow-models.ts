import type { Directory } from "@runweir/identity-domain";
import type { Registry } from "@runweir/registry-domain";

/** Grants that came with a model go by its name: they follow it to another, and end with it. */
export function followModels(registry: Registry, { grants }: Directory): Registry {
  return {
    ...registry,
    async renameModel(caller, name, newName) {
      const model = await registry.renameModel(caller, name, newName);
      await grants.followRename(caller.workspace, name, newName);
      return model;
    },
    async deleteModel(caller, name) {
      await registry.deleteModel(caller, name);
      await grants.forget(caller.workspace, { on: "model", pattern: name });
    },
  };
}
