import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { QuerySummary, ResultFormat } from "@runweir/analytics-domain";
import { createArrowEncoder } from "./arrow-encoder.ts";
import { createCsvEncoder } from "./csv-encoder.ts";
import type { EncodedColumn } from "./encoded-column.ts";
import { createJsonEncoder } from "./json-encoder.ts";

/** Turns chunks of rows into bytes. Holds no more than one batch. */
export interface ResultEncoder {
  begin(): Uint8Array;
  /** The first `rows` rows of the chunk. */
  encode(chunk: DuckDBDataChunk, rows: number): Uint8Array;
  /** What was gathered for a batch that is not full yet. */
  flush(): Uint8Array;
  end(summary: Pick<QuerySummary, "rows" | "truncated">): Uint8Array;
}

export function createEncoder(
  format: Exclude<ResultFormat, "parquet">,
  columns: readonly EncodedColumn[],
): ResultEncoder {
  switch (format) {
    case "json":
      return createJsonEncoder(columns);
    case "csv":
      return createCsvEncoder(columns);
    case "arrow":
      return createArrowEncoder(columns);
  }
}
