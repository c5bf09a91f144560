import type { BulkMoves, Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { createAliasesRouter } from "./aliases-router.ts";
import { createBulkRouter } from "./bulk-router.ts";
import { createHistoryRouter } from "./history-router.ts";
import { createLineageRouter } from "./lineage-router.ts";
import { createLoadsRouter } from "./loads-router.ts";
import { createModelsRouter } from "./models-router.ts";
import { createStagesRouter } from "./stages-router.ts";
import { createVersionsRouter } from "./versions-router.ts";

/** The pages' door to the guarded registry service, mounted at `/trpc/registry`. */
export function createRegistryRouter({
  registry,
  bulk,
  people,
}: {
  readonly registry: Registry;
  readonly bulk: BulkMoves;
  readonly people: { nameOf(id: string): Promise<string | undefined> };
}) {
  return router({
    models: createModelsRouter(registry),
    versions: createVersionsRouter(registry),
    aliases: createAliasesRouter(registry),
    bulk: createBulkRouter(bulk),
    stages: createStagesRouter(registry),
    lineage: createLineageRouter(registry),
    loads: createLoadsRouter(registry),
    history: createHistoryRouter(registry),
    /** What somebody is called whom models and versions name by an id; null: nobody knows any more. */
    nameOf: procedure("model.read")
      .input(z.object({ personId: z.string().max(200) }))
      .query(async ({ input }) => (await people.nameOf(input.personId)) ?? null),
  });
}

export type RegistryApi = ReturnType<typeof createRegistryRouter>;
