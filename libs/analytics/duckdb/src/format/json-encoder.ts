import { createColumnReader, type EncodedColumn } from "./encoded-column.ts";
import { jsonText } from "./plain-value.ts";
import type { ResultEncoder } from "./result-encoder.ts";

/** `{"columns":[{"name","type"}],"rows":[[...]],"row_count":n,"truncated":false}` */
export function createJsonEncoder(columns: readonly EncodedColumn[]): ResultEncoder {
  const readers = columns.map(createColumnReader);
  let first = true;
  const names = JSON.stringify(columns.map(({ name, type }) => ({ name, type })));
  return {
    begin: () => Buffer.from(`{"columns":${names},"rows":[`),
    encode(chunk, rows) {
      const values = readers.map((read, place) => read(chunk.getColumnVector(place), rows));
      let text = "";
      for (let row = 0; row < rows; row += 1) {
        text += `${first ? "" : ","}\n[${values.map((read) => jsonText(read(row))).join(",")}]`;
        first = false;
      }
      return Buffer.from(text);
    },
    flush: () => new Uint8Array(),
    end: ({ rows, truncated }) => Buffer.from(`\n],"row_count":${rows},"truncated":${truncated}}\n`),
  };
}
