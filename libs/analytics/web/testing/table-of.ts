import type { CellValue, ColumnKind, ResultTable } from "../src/run/result-table.ts";

/** A result with these values. */
export function tableOf(columns: Readonly<Record<string, readonly CellValue[]>>): ResultTable {
  const entries = Object.entries(columns);
  return {
    rows: entries[0]?.[1].length ?? 0,
    columns: entries.map(([name, values]) => ({
      name,
      kind: kindOf(values),
      type: kindOf(values),
      value: (row) => values[row] ?? null,
    })),
  };
}

function kindOf(values: readonly CellValue[]): ColumnKind {
  const some = values.find((value) => value !== null);
  if (typeof some === "boolean") return "boolean";
  return typeof some === "number" || typeof some === "bigint" ? "number" : "text";
}
