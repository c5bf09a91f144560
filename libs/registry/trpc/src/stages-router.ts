import { type Registry, stageLevels } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { nameInput } from "./inputs.ts";

const stages = z.array(z.object({ name: z.string().max(1_000), level: z.enum(stageLevels) })).max(1_000);

/** Of the workspace; the stages of one model are asked for and set by its name. */
export function createStagesRouter(registry: Registry) {
  return router({
    list: procedure("model.read")
      .input(z.object({ model: nameInput.optional() }))
      .query(({ ctx, input }) => registry.listStages(ctx.caller, input.model)),
    set: procedure("workspace.manage")
      .input(z.object({ stages }))
      .mutation(({ ctx, input }) => registry.setStages(ctx.caller, input)),
    setOfModel: procedure("model.manage")
      .input(z.object({ model: nameInput, stages }))
      .mutation(({ ctx, input }) => registry.setStages(ctx.caller, input)),
  });
}
