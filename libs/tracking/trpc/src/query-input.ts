import {
  type Expression,
  type Field,
  metricAggregates,
  type OrderBy,
  operators,
} from "@runweir/tracking-domain";
import { z } from "zod";
import { keyInput } from "./inputs.ts";

const comparisonsMax = 200;
const depthMax = 20;

export const metricFieldInput = z.object({
  entity: z.literal("metric"),
  key: keyInput,
  aggregate: z.enum(metricAggregates),
});
export const paramFieldInput = z.object({ entity: z.literal("param"), key: keyInput });
export const tagFieldInput = z.object({ entity: z.literal("tag"), key: keyInput });
export const attributeFieldInput = z.object({ entity: z.literal("attribute"), key: keyInput });

const fieldInput: z.ZodType<Field> = z.discriminatedUnion("entity", [
  metricFieldInput,
  paramFieldInput,
  tagFieldInput,
  attributeFieldInput,
  z.object({ entity: z.literal("dataset"), key: z.enum(["name", "digest", "context"]) }),
]);

const valueInput = z.union([
  z.string().max(10_000),
  z.number(),
  z.array(z.string().max(10_000)).min(1).max(1_000),
]);

const expressionInput: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("and"), operands: z.array(expressionInput).max(comparisonsMax) }),
    z.object({ kind: z.literal("or"), operands: z.array(expressionInput).max(comparisonsMax) }),
    z.object({ kind: z.literal("not"), operand: expressionInput }),
    z.object({
      kind: z.literal("comparison"),
      field: fieldInput,
      operator: z.enum(operators),
      value: valueInput.optional(),
    }),
  ]),
);

/** Our own superset of MLflow's filter grammar, as a tree of bounded size. Checked before it is walked. */
export const whereInput: z.ZodType<Expression> = z
  .unknown()
  .refine((tree) => nodesWithin(tree, depthMax) <= 2 * comparisonsMax, {
    message: `a query may hold at most ${comparisonsMax} comparisons, nested at most ${depthMax} deep`,
    abort: true,
  })
  .pipe(expressionInput);

/** MLflow's way ("metrics.loss DESC") or a field of the AST. */
export const orderByInput = z
  .array(
    z.union([
      z.string().max(2_000),
      z.object({ field: fieldInput, ascending: z.boolean() }) satisfies z.ZodType<OrderBy>,
    ]),
  )
  .max(20);

/** How many nodes the tree has; infinitely many when it is deeper than `depth`. */
function nodesWithin(tree: unknown, depth: number): number {
  if (typeof tree !== "object" || tree === null) return 0;
  if (depth === 0) return Number.POSITIVE_INFINITY;
  const operands: unknown = Reflect.get(tree, "operands");
  const below = Array.isArray(operands) ? operands : [Reflect.get(tree, "operand")];
  return below.reduce<number>((sum, operand) => sum + nodesWithin(operand, depth - 1), 1);
}
