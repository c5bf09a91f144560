/** A condition over comparisons of some kind: the shape of a slice's query AST. */
type Condition<C> =
  | { readonly kind: "and" | "or"; readonly operands: readonly Condition<C>[] }
  | { readonly kind: "not"; readonly operand: Condition<C> }
  | C;

/** Prints an expression whose comparisons are never NULL, so that NOT means what people expect. */
export function printExpression<C extends { readonly kind: "comparison" }>(
  expression: Condition<C>,
  comparison: (comparison: C) => string,
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
