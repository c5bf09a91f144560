import type { StatementValues } from "./statement-values.ts";

/** How a value of the column's type is written behind a placeholder. */
export type ColumnType = "text" | "bigint" | "float8";

/** What a column is compared with: an array for IN and NOT IN. */
export interface Comparing {
  readonly operator:
    | "="
    | "!="
    | "<"
    | "<="
    | ">"
    | ">="
    | "LIKE"
    | "ILIKE"
    | "IN"
    | "NOT IN"
    | "MATCHES"
    | "IS NULL"
    | "IS NOT NULL";
  readonly value?: string | number | readonly string[] | undefined;
}

/**
 * One comparison of a column that is not null with the wanted value. NaN compares like in arithmetic (only `!=` is true),
 * not like in Postgres, where it is the greatest number.
 */
export function printComparison(
  column: string,
  type: ColumnType,
  { operator, value }: Comparing,
  values: StatementValues,
): string {
  if (Array.isArray(value)) {
    const list = `ANY (${values.add(value)}::text[])`;
    return operator === "NOT IN" ? `NOT (${column}::text = ${list})` : `${column}::text = ${list}`;
  }
  // Numbers are compared as float8 even with whole columns: a filter may say start_time > 1.5e12.
  const wanted = `${values.add(value)}::${type === "text" ? "text" : "float8"}`;
  switch (operator) {
    case "LIKE":
      return `${column} LIKE ${wanted}`;
    case "ILIKE":
      // The C collation knows no letters but ASCII's.
      return `${column} COLLATE "default" ILIKE ${wanted}`;
    case "MATCHES":
      return `${column} COLLATE "default" ~ ${wanted}`;
    case "!=":
      return `${column} <> ${wanted}`;
    default:
      return type === "float8"
        ? `(${column} ${operator} ${wanted} AND ${column} <> 'NaN')`
        : `${column} ${operator} ${wanted}`;
  }
}
