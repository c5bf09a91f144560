import {
  type Expression,
  metricAggregates,
  parseFilter,
  type RunAnalyses,
  runGrammar,
} from "@runweir/tracking-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { experimentIdsInput, filterInput, keyInput } from "./inputs.ts";
import {
  attributeFieldInput,
  metricFieldInput,
  paramFieldInput,
  tagFieldInput,
  whereInput,
} from "./query-input.ts";
import { toWireGroupCurves, toWireRunTable } from "./wire-analyses.ts";

const runSet = { experimentIds: experimentIdsInput, filter: filterInput, where: whereInput.optional() };

const tableInput = z.object({
  ...runSet,
  columns: z
    .array(
      z.discriminatedUnion("entity", [metricFieldInput, paramFieldInput, tagFieldInput, attributeFieldInput]),
    )
    .max(1_000),
  limit: z.number(),
});

const curvesInput = z.object({
  ...runSet,
  key: keyInput,
  groupBy: z.discriminatedUnion("entity", [paramFieldInput, tagFieldInput, attributeFieldInput]).optional(),
  buckets: z.number(),
  from: z.number().optional(),
  to: z.number().optional(),
});

const importanceInput = z.object({
  ...runSet,
  target: z.object({ key: keyInput, aggregate: z.enum(metricAggregates) }),
  params: z.array(keyInput).max(1_000).optional(),
});

/** Analyses of many runs at once. The runs are said as in a search: by a filter text or by a tree. */
export function createAnalysesRouter(analyses: RunAnalyses) {
  return router({
    table: procedure("experiment.read")
      .input(tableInput)
      .query(async ({ ctx, input }) =>
        toWireRunTable(await analyses.getRunTable(ctx.caller, withWhere(input))),
      ),
    curves: procedure("experiment.read")
      .input(curvesInput)
      .query(async ({ ctx, input, signal }) =>
        toWireGroupCurves(await analyses.getGroupCurves(ctx.caller, { ...withWhere(input), signal })),
      ),
    importance: procedure("experiment.read")
      .input(importanceInput)
      .query(({ ctx, input }) => analyses.getImportance(ctx.caller, withWhere(input))),
  });
}

type Asked = { readonly filter?: string | undefined; readonly where?: Expression | undefined };

/** A tree counts before a text, which counts for nothing when it is empty. */
function withWhere<Input extends Asked>({ filter, ...input }: Input) {
  return { ...input, where: input.where ?? parseFilter(filter, runGrammar) };
}
