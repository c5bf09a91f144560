import type { DuckDBDataChunk } from "@duckdb/node-api";
import { Field, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } from "apache-arrow";
import { gatherColumn } from "./arrow-columns.ts";
import { type ArrowColumn, arrowColumn } from "./arrow-type.ts";
import type { EncodedColumn } from "./encoded-column.ts";
import type { ResultEncoder } from "./result-encoder.ts";

/** Of a batch. DuckDB's chunks of 2,048 rows would cost readers and writers more than their content. */
const batchRowsMax = 65_536;
/** Of all columns together: many columns must not take the memory that many rows may. */
const batchValuesMax = 2_097_152;
const batchTextBytes = 8_388_608;
const chunkRowsMax = 2_048;

/** An Arrow IPC stream: the schema, record batches, the end mark. */
export function createArrowEncoder(columns: readonly EncodedColumn[]): ResultEncoder {
  const arrows = columns.map(({ duckDbType }) => arrowColumn(duckDbType));
  const fields = columns.map(({ name, type }, place) => {
    // Some types travel as text; readers that care find here what they were.
    const metadata = new Map([["runweir.type", type]]);
    return new Field(name, (arrows[place] as ArrowColumn).type, true, metadata);
  });
  const batchRows = Math.min(batchRowsMax, Math.ceil(batchValuesMax / columns.length));
  const gatherers = arrows.map((arrow) => gatherColumn(arrow, batchRows + chunkRowsMax));
  const schema = new Schema(fields);
  const bytes: Uint8Array[] = [];
  const writer = new PushingWriter(bytes);
  let gathered = 0;
  const take = () => Buffer.concat(bytes.splice(0));
  const writeBatch = () => {
    if (gathered === 0) return;
    const children = gatherers.map((gatherer) => gatherer.finish());
    const data = makeData({ type: new Struct(fields), length: gathered, children });
    writer.write(new RecordBatch(schema, data));
    gathered = 0;
  };
  return {
    begin() {
      writer.reset(undefined, schema);
      return take();
    },
    encode(chunk: DuckDBDataChunk, rows) {
      gatherers.forEach((gatherer, place) => {
        gatherer.append(chunk.getColumnVector(place), rows);
      });
      gathered += rows;
      const isFull =
        gathered >= batchRows || gatherers.reduce((sum, { bytes: size }) => sum + size, 0) >= batchTextBytes;
      if (isFull) writeBatch();
      return take();
    },
    flush() {
      writeBatch();
      return take();
    },
    end() {
      writeBatch();
      writer.finish();
      return take();
    },
  };
}

/** Hands over each piece as it is written; the writer's own queue cannot be read without waiting. */
class PushingWriter extends RecordBatchStreamWriter {
  readonly #bytes: Uint8Array[];
  constructor(bytes: Uint8Array[]) {
    super();
    this.#bytes = bytes;
  }
  protected override _write(chunk: ArrayBufferView): this {
    const piece = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (piece.byteLength > 0) {
      this.#bytes.push(piece);
      this._position += piece.byteLength;
    }
    return this;
  }
}
