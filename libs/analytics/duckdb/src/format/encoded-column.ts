import type { DuckDBType, DuckDBValue, DuckDBVector } from "@duckdb/node-api";
import type { ResultColumn } from "@runweir/analytics-domain";

export type EncodedColumn = ResultColumn & {
  readonly duckDbType: DuckDBType;
  /** The column comes as numbers that stand for these texts. */
  readonly members?: readonly string[] | undefined;
};

/** The value of each row of a column's vector. */
export function readVector(vector: DuckDBVector, { members }: EncodedColumn): (row: number) => DuckDBValue {
  if (members === undefined) return (row) => vector.getItem(row);
  return (row) => {
    const member = vector.getItem(row);
    return member === null ? null : (members[member as number] as string);
  };
}
