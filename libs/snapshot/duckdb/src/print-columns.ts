import type { ColumnType, SnapshotFile, TableSchema } from "@runweir/snapshot-domain";

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of numbers for IN, which DuckDB uses to leave out row groups; never empty. */
export function numberList(numbers: Iterable<number>): string {
  const list = [...numbers].join(", ");
  return `(${list || "NULL"})`;
}

/** The rows of these files, or no rows of the table's types. */
export function printFiles(
  table: TableSchema,
  files: readonly SnapshotFile[],
  locate: (path: string) => string,
): string {
  if (files.length === 0) {
    const columns = table.columns.map(({ name, type }) => `NULL::${type} AS "${name}"`);
    return `(SELECT ${columns.join(", ")} WHERE false)`;
  }
  return `read_parquet([${files.map((file) => quote(locate(file.path))).join(", ")}])`;
}

/** How a value of a column travels from Postgres into DuckDB, and what makes it what it is there. */
export const arrivals: Readonly<
  Record<ColumnType, { readonly stored: "VARCHAR" | "DOUBLE" | "BOOLEAN"; read(column: string): string }>
> = {
  INTEGER: { stored: "DOUBLE", read: (column) => `${column}::INTEGER` },
  BIGINT: { stored: "DOUBLE", read: (column) => `${column}::BIGINT` },
  DOUBLE: { stored: "DOUBLE", read: (column) => column },
  VARCHAR: { stored: "VARCHAR", read: (column) => column },
  BOOLEAN: { stored: "BOOLEAN", read: (column) => column },
  TIMESTAMPTZ: { stored: "DOUBLE", read: (column) => toTime(column) },
  "MAP(VARCHAR, VARCHAR)": { stored: "VARCHAR", read: (column) => `${column}::JSON::MAP(VARCHAR, VARCHAR)` },
  "VARCHAR[]": { stored: "VARCHAR", read: (column) => `${column}::JSON::VARCHAR[]` },
};

/** Milliseconds since 1970, as whole DOUBLE. */
export function toTime(milliseconds: string): string {
  return `epoch_ms(${milliseconds}::BIGINT)::TIMESTAMPTZ`;
}
