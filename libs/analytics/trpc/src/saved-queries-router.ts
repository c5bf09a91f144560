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
    list: procedure("workspace.read")
      .input(z.object({ search: z.string().max(1_000).optional() }))
      .query(({ ctx, input }) => savedQueries.list(ctx.caller, input)),
    get: procedure("workspace.read")
      .input(oneInput)
      .query(({ ctx, input }) => savedQueries.get(ctx.caller, input.queryId)),
    create: procedure("query.save")
      .input(
        z.object({
          ...draft,
          description: draft.description.default(""),
          parameters: draft.parameters.default([]),
          isShared: draft.isShared.default(false),
        }),
      )
      .mutation(({ ctx, input }) => savedQueries.create(ctx.caller, input)),
    update: procedure("query.save")
      .input(seenInput.extend(z.object(draft).partial().shape))
      .mutation(({ ctx, input }) => savedQueries.update(ctx.caller, input)),
    delete: procedure("query.save")
      .input(seenInput)
      .mutation(({ ctx, input }) => savedQueries.delete(ctx.caller, input)),
    createLink: procedure("query.save")
      .input(oneInput.extend({ seconds: z.int().min(60).max(yearSeconds).optional() }))
      .mutation(({ ctx, input }) => savedQueries.createLink(ctx.caller, input)),
    listLinks: procedure("workspace.read")
      .input(oneInput)
      .query(({ ctx, input }) => savedQueries.listLinks(ctx.caller, input.queryId)),
    deleteLink: procedure("query.save")
      .input(oneInput.extend({ linkId: idInput }))
      .mutation(({ ctx, input }) => savedQueries.deleteLink(ctx.caller, input)),
    openLink: procedure("workspace.read")
      .input(z.object({ token: z.string().max(200) }))
      .query(({ ctx, input }) => savedQueries.openLink(ctx.caller, input.token)),
  });
}
