import type { CellValue, ResultColumn, ResultTable } from "../run/result-table.ts";

export interface RowSort {
  readonly column: number;
  readonly descending: boolean;
}

/** The rows in another order; equal ones stay as they came, NULL and NaN come last either way. */
export function sortRows(table: ResultTable, sort: RowSort | undefined): Uint32Array | undefined {
  const column = sort && table.columns[sort.column];
  if (!column) return undefined;
  const values = Array.from({ length: table.rows }, (_, row) => column.value(row));
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const sign = sort.descending ? -1 : 1;
  return order.sort((a, b) => compare(values[a] ?? null, values[b] ?? null, column, sign) || a - b);
}

function compare(a: CellValue, b: CellValue, { kind }: ResultColumn, sign: number): number {
  const last = Number(isLast(a)) - Number(isLast(b));
  if (last !== 0 || isLast(a)) return last;
  if (kind === "text" || kind === "other") {
    const [left, right] = [String(a), String(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  }
  const [left, right] = [a as number, b as number];
  return left === right ? 0 : left < right ? -sign : sign;
}

const isLast = (value: CellValue) => value === null || Number.isNaN(value);
