import type { Comparison, Expression } from "@runweir/tracking-domain";

/** Prints an expression whose comparisons are never NULL, so that NOT means what people expect. */
export function printExpression(
  expression: Expression,
  comparison: (comparison: Comparison) => string,
): string {
  switch (expression.kind) {
    case "and":
    case "or":
      return `(${expression.operands
        .map((operand) => printExpression(operand, comparison))
        .join(expression.kind === "and" ? " AND " : " OR ")})`;
    case "not":
      return `NOT (${printExpression(expression.operand, comparison)})`;
    case "comparison":
      return comparison(expression);
  }
}
