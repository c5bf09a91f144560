/** Columns and rows of a table that a file holds; cells are whatever JSON can say. */
export interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * Tables as clients write them in JSON: `mlflow.log_table` and pandas' "split" orientation ({columns, data}), and lists of
 * flat objects. undefined for any other JSON.
 */
export function readJsonTable(value: unknown): TableData | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return readRecords(value);
  const columns: unknown = Reflect.get(value, "columns");
  const data: unknown = Reflect.get(value, "data");
  if (!Array.isArray(columns) || !Array.isArray(data)) return undefined;
  if (!data.every((row): row is unknown[] => Array.isArray(row))) return undefined;
  return { columns: columns.map(String), rows: data };
}

function readRecords(list: readonly unknown[]): TableData | undefined {
  if (list.length === 0 || !list.every(isRecord)) return undefined;
  const columns = [...new Set(list.flatMap((record) => Object.keys(record)))];
  return { columns, rows: list.map((record) => columns.map((column) => record[column])) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
