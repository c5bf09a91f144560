import type { Comparison } from "@runweir/tracking-domain";
import type { NamedValues } from "./named-values.ts";

/**
 * One comparison of a column with the wanted value, as Postgres' printer has it: NaN compares like in arithmetic (only `!=`
 * is true), not like in the engines, where it is the greatest number and equals itself.
 */
export function printComparison(
  column: string,
  type: "text" | "float8",
  { operator, value }: Comparison,
  values: NamedValues,
): string {
  if (Array.isArray(value)) {
    const listed = `${column} IN (SELECT unnest(${values.add(value)}::VARCHAR[]))`;
    return operator === "NOT IN" ? `NOT (${listed})` : listed;
  }
  const wanted = `${values.add(value as string | number)}::${type === "text" ? "VARCHAR" : "DOUBLE"}`;
  switch (operator) {
    case "LIKE":
      return `${column} LIKE ${wanted} ESCAPE '\\'`;
    case "!=":
      return `${column} <> ${wanted}`;
    case "=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return printOrdered(column, type, operator, wanted);
    default:
      throw new Error(`Snapshots are not asked for ${operator}.`);
  }
}

function printOrdered(column: string, type: "text" | "float8", operator: string, wanted: string): string {
  return type === "float8"
    ? `(${column} ${operator} ${wanted} AND ${column} <> 'NaN'::DOUBLE)`
    : `${column} ${operator} ${wanted}`;
}
