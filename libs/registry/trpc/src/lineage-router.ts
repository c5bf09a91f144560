import type { Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { oneVersion, pageInput } from "./inputs.ts";

const id = z.string().max(1_000);

export function createLineageRouter(registry: Registry) {
  return router({
    get: procedure("model.read")
      .input(oneVersion)
      .query(({ ctx, input }) => registry.getLineage(ctx.caller, input.name, input.version)),
    ofRun: procedure("model.read")
      .input(z.object({ runId: id, ...pageInput }))
      .query(({ ctx, input }) => registry.findVersionsOfRun(ctx.caller, input)),
    ofDataset: procedure("model.read")
      .input(z.object({ experimentIds: z.array(id).min(1).max(20), digest: id, ...pageInput }))
      .query(({ ctx, input }) => registry.findVersionsOfDataset(ctx.caller, input)),
  });
}
