import type { BulkMoves, Registry } from "@runweir/registry-domain";
import { router } from "@runweir/trpc";
import { createAliasesRouter } from "./aliases-router.ts";
import { createBulkRouter } from "./bulk-router.ts";
import { createHistoryRouter } from "./history-router.ts";
import { createLineageRouter } from "./lineage-router.ts";
import { createModelsRouter } from "./models-router.ts";
import { createStagesRouter } from "./stages-router.ts";
import { createVersionsRouter } from "./versions-router.ts";

/** The pages' door to the guarded registry service, mounted at `/trpc/registry`. */
export function createRegistryRouter({
  registry,
  bulk,
}: {
  readonly registry: Registry;
  readonly bulk: BulkMoves;
}) {
  return router({
    models: createModelsRouter(registry),
    versions: createVersionsRouter(registry),
    aliases: createAliasesRouter(registry),
    bulk: createBulkRouter(bulk),
    stages: createStagesRouter(registry),
    lineage: createLineageRouter(registry),
    history: createHistoryRouter(registry),
  });
}

export type RegistryApi = ReturnType<typeof createRegistryRouter>;
