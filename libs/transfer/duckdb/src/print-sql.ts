import type { TableSchema } from "@runweir/snapshot-domain";

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function columnsOf(table: TableSchema): string {
  return table.columns.map(({ name }) => `"${name}"`).join(", ");
}

export function orderOf(table: TableSchema): string {
  return table.order.map((name) => `"${name}"`).join(", ");
}

/** For IN; never empty. */
export function listOf(values: readonly (number | string)[]): string {
  if (values.length === 0) return "(NULL)";
  return `(${values.map((value) => (typeof value === "number" ? value : quote(value))).join(", ")})`;
}
