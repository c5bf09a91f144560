import { modelOrders, type Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import {
  descriptionInput,
  keyInput,
  nameInput,
  oneModel,
  pageInput,
  searchInput,
  selectionInput,
  tagInput,
} from "./inputs.ts";

export function createModelsRouter(registry: Registry) {
  return router({
    search: procedure("model.read")
      .input(searchInput)
      .query(({ ctx, input }) => registry.searchModels(ctx.caller, input)),
    /** Without their versions, for lists; by any part of the name, owner, alias, stage or a filter. */
    list: procedure("model.read")
      .input(
        selectionInput.extend({
          orderBy: z.enum(modelOrders).optional(),
          ascending: z.boolean().optional(),
          ...pageInput,
        }),
      )
      .query(({ ctx, input }) => registry.listModels(ctx.caller, input)),
    /** What the models of a selection can be selected by further, with how many each would leave. */
    facets: procedure("model.read")
      .input(selectionInput)
      .query(({ ctx, input }) => registry.getModelFacets(ctx.caller, input)),
    get: procedure("model.read")
      .input(oneModel)
      .query(({ ctx, input }) => registry.getModel(ctx.caller, input.name)),
    create: procedure("model.create")
      .input(oneModel.extend({ description: descriptionInput.optional() }))
      .mutation(({ ctx, input }) => registry.createModel(ctx.caller, input)),
    rename: procedure("model.edit")
      .input(oneModel.extend({ newName: nameInput }))
      .mutation(({ ctx, input }) => registry.renameModel(ctx.caller, input.name, input.newName)),
    describe: procedure("model.edit")
      .input(oneModel.extend({ description: descriptionInput }))
      .mutation(({ ctx, input }) =>
        registry.updateModel(ctx.caller, input.name, input.description || undefined),
      ),
    delete: procedure("model.manage")
      .input(oneModel)
      .mutation(({ ctx, input }) => registry.deleteModel(ctx.caller, input.name)),
    setTag: procedure("model.edit")
      .input(oneModel.extend({ tag: tagInput }))
      .mutation(({ ctx, input }) => registry.setModelTag(ctx.caller, input.name, input.tag)),
    deleteTag: procedure("model.edit")
      .input(oneModel.extend({ key: keyInput }))
      .mutation(({ ctx, input }) => registry.deleteModelTag(ctx.caller, input.name, input.key)),
  });
}
