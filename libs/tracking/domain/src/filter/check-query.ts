import { DomainError } from "@runweir/errors";
import type { Comparison, Expression, Field, OrderBy } from "../query.ts";
import { type Grammar, requireOperator } from "./grammar.ts";

/** Holds a query that came as a tree to what the grammar holds a text to. Throws `invalid_argument`. */
export function checkExpression(where: Expression, grammar: Grammar): Expression {
  switch (where.kind) {
    case "and":
    case "or":
      if (where.operands.length === 0)
        throw new DomainError("invalid_argument", `A query has ${where.kind} of nothing.`, {
          field: "filter",
        });
      for (const operand of where.operands) checkExpression(operand, grammar);
      break;
    case "not":
      checkExpression(where.operand, grammar);
      break;
    case "comparison":
      checkComparison(where, grammar);
  }
  return where;
}

export function checkOrderBy(order: OrderBy, grammar: Grammar): OrderBy {
  checkField(order.field, grammar);
  if (grammar.orders.includes(order.field.entity)) return order;
  throw new DomainError("invalid_argument", `Invalid order_by entity: ${order.field.entity}`, {
    field: "order_by",
  });
}

/** Holds a column of a table to what can be ordered by: one value, or none. */
export function checkColumn(column: Field, place: string, grammar: Grammar): void {
  checkField(column, grammar);
  if (grammar.orders.includes(column.entity)) return;
  throw new DomainError(
    "invalid_argument",
    `${place} is a ${column.entity}; allowed are ${grammar.orders.join(", ")}.`,
    { field: place },
  );
}

function checkComparison({ field, operator, value }: Comparison, grammar: Grammar): void {
  checkField(field, grammar);
  requireOperator(field, operator, grammar);
  if (operator === "IS NULL" || operator === "IS NOT NULL") return;
  if (operator === "IN" || operator === "NOT IN") {
    grammar.requireList(field);
    if (!Array.isArray(value)) throw wrongValue(field, value, "a list of strings");
  } else if (typeof value !== (grammar.isNumeric(field) ? "number" : "string"))
    throw wrongValue(field, value, grammar.isNumeric(field) ? "a number" : "a string");
}

/** Other names of a field (`created`) are for texts: a tree has the field itself. */
function checkField({ entity, key }: Field, grammar: Grammar): void {
  const known = grammar.field(entity, key);
  if (known.key === key) return;
  throw new DomainError("invalid_argument", `The ${entity} '${key}' is called '${known.key}' here.`, {
    field: "filter",
  });
}

function wrongValue(field: Field, value: unknown, wanted: string): DomainError {
  return new DomainError(
    "invalid_argument",
    `The ${field.entity} '${field.key}' is compared with ${JSON.stringify(value) ?? "nothing"}; allowed is ${wanted}.`,
    { field: "filter" },
  );
}
