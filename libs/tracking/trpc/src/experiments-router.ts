import type { Tracking } from "@runweir/tracking-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { filterInput, idInput, keyInput, nameInput, pageInput, tagInput, viewTypeInput } from "./inputs.ts";

const one = z.object({ experimentId: idInput });

export function createExperimentsRouter(tracking: Tracking) {
  return router({
    search: procedure("experiment.read")
      .input(
        z.object({
          filter: filterInput,
          orderBy: z.array(z.string().max(2_000)).max(20).optional(),
          viewType: viewTypeInput,
          ...pageInput,
        }),
      )
      .query(({ ctx, input }) => tracking.searchExperiments(ctx.caller, input)),
    get: procedure("experiment.read")
      .input(one)
      .query(({ ctx, input }) => tracking.getExperiment(ctx.caller, input.experimentId)),
    create: procedure("experiment.create")
      .input(z.object({ name: nameInput, tags: z.array(tagInput).max(100).optional() }))
      .mutation(async ({ ctx, input }) => ({
        experimentId: await tracking.createExperiment(ctx.caller, input),
      })),
    rename: procedure("experiment.edit")
      .input(one.extend({ name: nameInput }))
      .mutation(({ ctx, input }) => tracking.renameExperiment(ctx.caller, input.experimentId, input.name)),
    delete: procedure("experiment.manage")
      .input(one)
      .mutation(({ ctx, input }) => tracking.deleteExperiment(ctx.caller, input.experimentId)),
    restore: procedure("experiment.manage")
      .input(one)
      .mutation(({ ctx, input }) => tracking.restoreExperiment(ctx.caller, input.experimentId)),
    setTag: procedure("experiment.edit")
      .input(one.extend({ tag: tagInput }))
      .mutation(({ ctx, input }) => tracking.setExperimentTag(ctx.caller, input.experimentId, input.tag)),
    deleteTag: procedure("experiment.edit")
      .input(one.extend({ key: keyInput }))
      .mutation(({ ctx, input }) => tracking.deleteExperimentTag(ctx.caller, input.experimentId, input.key)),
  });
}
