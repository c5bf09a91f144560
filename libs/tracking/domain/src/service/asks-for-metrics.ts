import type { Expression } from "../query.ts";

export function asksForMetrics(where: Expression | undefined): boolean {
  switch (where?.kind) {
    case undefined:
      return false;
    case "not":
      return asksForMetrics(where.operand);
    case "and":
    case "or":
      return where.operands.some(asksForMetrics);
    case "comparison":
      return where.field.entity === "metric";
  }
}
