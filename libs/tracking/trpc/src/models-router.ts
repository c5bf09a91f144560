import type { Tracking } from "@runweir/tracking-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { experimentIdsInput, filterInput, idInput, pageTokenInput } from "./inputs.ts";
import { toWireModel } from "./wire-model.ts";

export function createModelsRouter(tracking: Tracking) {
  return router({
    search: procedure("experiment.read")
      .input(
        z.object({
          experimentIds: experimentIdsInput,
          filter: filterInput,
          orderBy: z
            .array(z.object({ fieldName: z.string().max(1_000), ascending: z.boolean().optional() }))
            .max(20)
            .optional(),
          maxResults: z.int().min(1).max(1_000).optional(),
          pageToken: pageTokenInput,
        }),
      )
      .query(async ({ ctx, input }) => {
        const page = await tracking.searchLoggedModels(ctx.caller, input);
        return { ...page, items: page.items.map(toWireModel) };
      }),
    get: procedure("experiment.read")
      .input(z.object({ modelId: idInput }))
      .query(async ({ ctx, input }) => toWireModel(await tracking.getLoggedModel(ctx.caller, input.modelId))),
  });
}
