import { DomainError } from "@runweir/errors";
import { type Field, type Operator, operators } from "../query.ts";

/** What one kind of search (runs, experiments, logged models) understands; the parser knows the rest. */
export interface Grammar {
  /** Turns `metrics.loss` (entity `metrics`, key `loss`) or a bare `name` into a field; throws `invalid_argument`. */
  field(entity: string | undefined, key: string): Field;
  isNumeric(field: Field): boolean;
  operators(field: Field): readonly Operator[];
  /** Whether the field may be compared with a list; throws with the reason when not. */
  requireList(field: Field): void;
  /** What a listing may be ordered by. */
  readonly orders: readonly Field["entity"][];
}

export const numericOperators = [">", ">=", "!=", "=", "<", "<="] as const satisfies readonly Operator[];
export const textOperators = ["!=", "=", "LIKE", "ILIKE", "MATCHES"] as const satisfies readonly Operator[];
export const nullOperators = ["IS NULL", "IS NOT NULL"] as const satisfies readonly Operator[];
export const listOperators = ["IN", "NOT IN"] as const satisfies readonly Operator[];

export function requireOperator(
  field: Field,
  operator: string,
  grammar: Grammar,
): asserts operator is Operator {
  const allowed: readonly string[] = grammar.operators(field);
  if (allowed.includes(operator) && (operators as readonly string[]).includes(operator)) return;
  throw new DomainError(
    "invalid_argument",
    operator.startsWith("IS ")
      ? `IS NULL / IS NOT NULL is only supported for tags and params, not for '${field.entity}' '${field.key}'`
      : `Invalid comparator '${operator}' not one of '{${allowed.map((one) => `'${one}'`).join(", ")}}'`,
    { field: "filter" },
  );
}
