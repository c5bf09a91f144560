import type { Field, Operator } from "../query.ts";

/** What one kind of search (runs, experiments, logged models) understands; the parser knows the rest. */
export interface Grammar {
  /** Turns `metrics.loss` (entity `metrics`, key `loss`) or a bare `name` into a field; throws `invalid_argument`. */
  field(entity: string | undefined, key: string): Field;
  isNumeric(field: Field): boolean;
  operators(field: Field): readonly Operator[];
  /** Whether the field may be compared with a list; throws with the reason when not. */
  requireList(field: Field): void;
}

export const numericOperators = [">", ">=", "!=", "=", "<", "<="] as const satisfies readonly Operator[];
export const textOperators = ["!=", "=", "LIKE", "ILIKE", "MATCHES"] as const satisfies readonly Operator[];
export const nullOperators = ["IS NULL", "IS NOT NULL"] as const satisfies readonly Operator[];
export const listOperators = ["IN", "NOT IN"] as const satisfies readonly Operator[];
