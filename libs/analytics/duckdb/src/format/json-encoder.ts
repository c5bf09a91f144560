import { type EncodedColumn, readVector } from "./encoded-column.ts";
import { jsonText } from "./plain-value.ts";
import type { ResultEncoder } from "./result-encoder.ts";

/** `{"columns":[{"name","type"}],"rows":[[...]],"row_count":n,"truncated":false}` */
export function createJsonEncoder(columns: readonly EncodedColumn[]): ResultEncoder {
  let first = true;
  const names = JSON.stringify(columns.map(({ name, type }) => ({ name, type })));
  return {
    begin: () => Buffer.from(`{"columns":${names},"rows":[`),
    encode(chunk, rows) {
      const readers = columns.map((column, place) => readVector(chunk.getColumnVector(place), column, rows));
      let text = "";
      for (let row = 0; row < rows; row += 1) {
        text += `${first ? "" : ","}\n[${readers.map((read) => jsonText(read(row))).join(",")}]`;
        first = false;
      }
      return Buffer.from(text);
    },
    flush: () => new Uint8Array(),
    end: ({ rows, truncated }) => Buffer.from(`\n],"row_count":${rows},"truncated":${truncated}}\n`),
  };
}
