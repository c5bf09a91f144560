import type { DuckDBVector } from "@duckdb/node-api";
import {
  type Data,
  type DataType,
  Field,
  makeBuilder,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from "apache-arrow";
import { type ArrowColumn, arrowColumn } from "./arrow-type.ts";
import type { EncodedColumn, ResultEncoder } from "./result-encoder.ts";

/** An Arrow IPC stream: the schema, one record batch per chunk, the end mark. */
export function createArrowEncoder(columns: readonly EncodedColumn[]): ResultEncoder {
  const arrows = columns.map(({ duckDbType }) => arrowColumn(duckDbType));
  const fields = columns.map(({ name }, place) => new Field(name, (arrows[place] as ArrowColumn).type, true));
  const schema = new Schema(fields);
  const bytes: Uint8Array[] = [];
  const writer = new PushingWriter(bytes);
  const take = () => Buffer.concat(bytes.splice(0));
  return {
    begin() {
      writer.reset(undefined, schema);
      return take();
    },
    encode(chunk, rows) {
      const children = arrows.map((arrow, place) => columnData(arrow, chunk.getColumnVector(place), rows));
      writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length: rows, children })));
      return take();
    },
    end() {
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

type Numbers = Int32Array | Float64Array | Float32Array | BigInt64Array;

function columnData(arrow: ArrowColumn, vector: DuckDBVector, rows: number): Data<DataType> {
  const { items } = vector as unknown as { items?: Numbers };
  const isNumbers =
    items instanceof Float64Array ||
    items instanceof Float32Array ||
    items instanceof Int32Array ||
    items instanceof BigInt64Array;
  if (isNumbers && items.constructor === arrow.type.ArrayType) {
    const { nullCount, nullBitmap } = validityOf(vector, rows);
    return makeData({
      type: arrow.type,
      length: rows,
      nullCount,
      nullBitmap,
      data: items.slice(0, rows),
    } as never);
  }
  const builder = makeBuilder({ type: arrow.type, nullValues: [null, undefined] });
  for (let row = 0; row < rows; row += 1) {
    const value = vector.getItem(row);
    builder.append(value === null ? null : arrow.convert(value));
  }
  return builder.finish().flush() as Data<DataType>;
}

function validityOf(vector: DuckDBVector, rows: number): { nullCount: number; nullBitmap: Uint8Array } {
  const nullBitmap = new Uint8Array((rows + 7) >> 3);
  let nullCount = 0;
  for (let row = 0; row < rows; row += 1) {
    if (vector.getItem(row) === null) nullCount += 1;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
  }
  return { nullCount, nullBitmap };
}
