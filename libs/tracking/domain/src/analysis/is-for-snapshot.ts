import type { ViewType } from "../experiment.ts";
import type { Comparison, Expression, Field, OrderBy } from "../query.ts";

export interface RunQuestion {
  readonly where?: Expression | undefined;
  readonly orderBy?: readonly OrderBy[] | undefined;
  readonly columns?: readonly Field[] | undefined;
  readonly viewType: ViewType;
}

/** Whether DuckDB over a snapshot answers to the letter what Postgres does. */
export function isForSnapshot({ where, orderBy = [], columns = [], viewType }: RunQuestion): boolean {
  // Snapshots hold no deleted runs.
  if (viewType !== "ACTIVE_ONLY") return false;
  const fields = [...orderBy.map((order) => order.field), ...columns];
  return fields.every(isFieldAlike) && (!where || isAlike(where));
}

function isAlike(where: Expression): boolean {
  switch (where.kind) {
    case "and":
    case "or":
      return where.operands.every(isAlike);
    case "not":
      return isAlike(where.operand);
    case "comparison":
      return isFieldAlike(where.field) && isComparisonAlike(where);
  }
}

/** A mean's sum is made in another order there, so its last digits differ. */
function isFieldAlike(field: Field): boolean {
  if (field.entity === "metric" && field.aggregate === "mean") return false;
  if (field.entity === "attribute" && field.key === "lifecycle_stage") return false;
  return isTextAlike(field.key);
}

/** Regular expressions are of another kind there, and ILIKE folds other letters beyond ASCII. */
function isComparisonAlike({ operator, value }: Comparison): boolean {
  if (operator === "MATCHES" || operator === "ILIKE") return false;
  // A pattern that ends within an escape is refused, but not always, and not by both.
  if (operator === "LIKE" && /(?<!\\)(\\\\)*\\$/.test(String(value))) return false;
  const texts = Array.isArray(value) ? (value as readonly string[]) : [value];
  return texts.every((text) => typeof text !== "string" || isTextAlike(text));
}

/** Postgres has no NUL and refuses it; halves of surrogate pairs are no text in either, in ways of their own. */
function isTextAlike(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
