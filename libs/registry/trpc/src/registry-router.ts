import type { Registry } from "@runweir/registry-domain";
import { router } from "@runweir/trpc";
import { createAliasesRouter } from "./aliases-router.ts";
import { createModelsRouter } from "./models-router.ts";
import { createVersionsRouter } from "./versions-router.ts";

/** The pages' door to the guarded registry service, mounted at `/trpc/registry`. */
export function createRegistryRouter({ registry }: { readonly registry: Registry }) {
  return router({
    models: createModelsRouter(registry),
    versions: createVersionsRouter(registry),
    aliases: createAliasesRouter(registry),
  });
}

export type RegistryApi = ReturnType<typeof createRegistryRouter>;
