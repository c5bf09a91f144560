import { queryParameterTypes, type SavedQueries, type SqlParameter } from "@runweir/analytics-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

const idInput = z.string().max(64);
const oneInput = z.object({ queryId: idInput });
const seenInput = oneInput.extend({ version: z.int().positive() });
const defaultInput: z.ZodType<SqlParameter> = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string(),
  z.array(z.string()).max(10_000),
  z.array(z.number()).max(10_000),
]);
const parameterInput = z.object({
  name: z.string(),
  type: z.enum(queryParameterTypes),
  default: defaultInput,
});
const draft = {
  name: z.string(),
  description: z.string(),
  sql: z.string(),
  parameters: z.array(parameterInput).max(1_000),
  isShared: z.boolean(),
};
const yearSeconds = 366 * 86_400;

export function createSavedQueriesRouter(savedQueries: SavedQueries) {
  return router({
    list: procedure("experiment.read")
      .input(z.object({ search: z.string().max(1_000).optional() }))
      .query(({ ctx, input }) => savedQueries.list(ctx.caller, input)),
    get: procedure("experiment.read")
      .input(oneInput)
      .query(({ ctx, input }) => savedQueries.get(ctx.caller, input.queryId)),
    create: procedure("experiment.edit")
      .input(
        z.object({
          ...draft,
          description: draft.description.default(""),
          parameters: draft.parameters.default([]),
          isShared: draft.isShared.default(false),
        }),
      )
      .mutation(({ ctx, input }) => savedQueries.create(ctx.caller, input)),
    update: procedure("experiment.edit")
      .input(seenInput.extend(z.object(draft).partial().shape))
      .mutation(({ ctx, input }) => savedQueries.update(ctx.caller, input)),
    delete: procedure("experiment.edit")
      .input(seenInput)
      .mutation(({ ctx, input }) => savedQueries.delete(ctx.caller, input)),
    createLink: procedure("experiment.edit")
      .input(oneInput.extend({ seconds: z.int().min(60).max(yearSeconds).optional() }))
      .mutation(({ ctx, input }) => savedQueries.createLink(ctx.caller, input)),
    listLinks: procedure("experiment.read")
      .input(oneInput)
      .query(({ ctx, input }) => savedQueries.listLinks(ctx.caller, input.queryId)),
    deleteLink: procedure("experiment.edit")
      .input(oneInput.extend({ linkId: idInput }))
      .mutation(({ ctx, input }) => savedQueries.deleteLink(ctx.caller, input)),
    openLink: procedure("experiment.read")
      .input(z.object({ token: z.string().max(200) }))
      .query(({ ctx, input }) => savedQueries.openLink(ctx.caller, input.token)),
  });
}
