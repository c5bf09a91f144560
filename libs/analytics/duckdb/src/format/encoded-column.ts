import { type DuckDBType, DuckDBTypeId, type DuckDBValue, type DuckDBVector } from "@duckdb/node-api";
import type { ResultColumn } from "@runweir/analytics-domain";
import { bitsOf } from "./arrow-validity.ts";
import { createTextBuffer } from "./text-buffer.ts";

export type EncodedColumn = ResultColumn & { readonly duckDbType: DuckDBType };

/** The value of each row of a column's vector. */
export function readVector(
  vector: DuckDBVector,
  { duckDbType }: EncodedColumn,
  rows: number,
): (row: number) => DuckDBValue {
  if (duckDbType.typeId !== DuckDBTypeId.VARCHAR) return (row) => vector.getItem(row);
  const texts = createTextBuffer();
  const ends = new Int32Array(rows + 1);
  texts.append(vector, rows, ends, 1);
  const bits = bitsOf(vector);
  return (row) => {
    if (bits !== undefined && (((bits[row >> 3] as number) >> (row & 7)) & 1) === 0) return null;
    return texts.text(ends[row] as number, ends[row + 1] as number);
  };
}
