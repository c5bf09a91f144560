import { type DuckDBType, DuckDBTypeId, type DuckDBValue, type DuckDBVector } from "@duckdb/node-api";
import type { ResultColumn } from "@runweir/analytics-domain";
import { bitsOf } from "./arrow-validity.ts";
import { createTextBuffer } from "./text-buffer.ts";

export type EncodedColumn = ResultColumn & { readonly duckDbType: DuckDBType };

/** Reads a column chunk by chunk; what it answers tells the value of a row of the last one. */
export type ColumnReader = (vector: DuckDBVector, rows: number) => (row: number) => DuckDBValue;

export function createColumnReader({ duckDbType }: EncodedColumn): ColumnReader {
  if (duckDbType.typeId !== DuckDBTypeId.VARCHAR) return (vector) => (row) => vector.getItem(row);
  const texts = createTextBuffer();
  let ends = new Int32Array(0);
  return (vector, rows) => {
    if (ends.length <= rows) ends = new Int32Array(rows + 1);
    texts.clear();
    texts.append(vector, rows, ends, 1);
    const bits = bitsOf(vector);
    return (row) => {
      if (bits !== undefined && (((bits[row >> 3] as number) >> (row & 7)) & 1) === 0) return null;
      return texts.text(ends[row] as number, ends[row + 1] as number);
    };
  };
}
