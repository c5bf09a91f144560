import {
  type DataType,
  Dictionary,
  Field,
  Float32,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { curveValue, firstTimestamp } from "./batch-bodies.ts";

/** An Arrow IPC stream in pieces: what comes first, then as many record batches as are asked for. */
export interface ArrowBatches {
  readonly head: Buffer;
  readonly pointsPerBatch: number;
  /** Stays as it is until `batchesInUse` more were asked for. */
  next(): Buffer;
}

/** So many batches of a stream may be under way; memory anew for each would cost a client more than all else. */
export const batchesInUse = 4;

/** Stands in the template where steps begin; no other buffer holds it. */
const mark = 0x5eed_5eed;

/**
 * `steps` steps of `keys` metrics of one run per record batch, with dictionaries for run and key. One batch is encoded
 * with the library; the others are copies of its bytes with other steps and timestamps.
 */
export function arrowBatches(runId: string, keys: number, steps: number): ArrowBatches {
  const rows = keys * steps;
  const names = Array.from({ length: keys }, (_, key) => `layer.${key}.gradient_norm`);
  const dictionary = (id: number, texts: readonly string[], indices: Int32Array) => {
    const type = new Dictionary(new Utf8(), new Int32(), id);
    return makeData({ type, data: indices, dictionary: vectorFromArray([...texts], new Utf8()) });
  };
  const low = (column: BigInt64Array) => new Int32Array(column.buffer, column.byteOffset, rows * 2);
  const step = new BigInt64Array(rows);
  low(step)[0] = mark;
  const timestamp = new BigInt64Array(rows).fill(BigInt(firstTimestamp));
  const children = [
    dictionary(1, [runId], new Int32Array(rows)),
    dictionary(
      2,
      names,
      Int32Array.from({ length: rows }, (_, i) => i % keys),
    ),
    makeData({ type: new Int64(), data: step }),
    makeData({ type: new Int64(), data: timestamp }),
    makeData({
      type: new Float32(),
      data: Float32Array.from({ length: rows }, (_, i) => curveValue(i % keys, Math.floor(i / keys), false)),
    }),
  ];
  const schema = new Schema(
    ["run_id", "key", "step", "timestamp", "value"].map(
      (name, i) => new Field(name, children[i]?.type as DataType, false),
    ),
  );
  const struct = makeData({ type: new Struct(schema.fields), children, length: rows, nullCount: 0 });
  const writer = RecordBatchStreamWriter.writeAll([new RecordBatch(schema, struct)]);
  const bytes = Buffer.from(writer.toUint8Array(true));
  // A stream ends with eight bytes that say so; the last message before them is the record batch.
  const { start, end } = lastMessage(bytes);
  const template = new Uint8Array(new ArrayBuffer(end - start));
  template.set(bytes.subarray(start, end));
  const words = new Int32Array(template.buffer);
  const stepAt = words.indexOf(mark);
  const timestampLow = low(timestamp)[0] as number;
  const timestampAt = words.findIndex(
    (word, i) => i > stepAt + 1 && word === timestampLow && words[i + 2] === timestampLow,
  );
  const copies = Array.from({ length: batchesInUse }, () => Buffer.alloc(template.length, template));
  let turn = 0;
  let first = 0;
  return {
    head: bytes.subarray(0, start),
    pointsPerBatch: rows,
    next() {
      for (let i = 0, s = 0; s < steps; s += 1)
        for (let key = 0; key < keys; key += 1, i += 2) {
          words[stepAt + i] = first + s;
          words[timestampAt + i] = timestampLow + (first + s) * 50;
        }
      first += steps;
      turn = (turn + 1) % batchesInUse;
      const copy = copies[turn] as Buffer;
      copy.set(template);
      return copy;
    },
  };
}

function lastMessage(bytes: Buffer): { readonly start: number; readonly end: number } {
  let start = 0;
  for (let at = 0; ; ) {
    const metadata = bytes.readInt32LE(at + 4);
    if (metadata === 0) return { start, end: at };
    start = at;
    at += 8 + metadata + bodyLength(bytes, at + 8);
  }
}

/** `bodyLength` is the fourth field of the flatbuffer table Message. */
function bodyLength(bytes: Buffer, at: number): number {
  const table = at + bytes.readInt32LE(at);
  const vtable = table - bytes.readInt32LE(table);
  const slot = 4 + 3 * 2;
  // Fields at the end of a table that have their default are left out.
  const place = slot < bytes.readUInt16LE(vtable) ? bytes.readUInt16LE(vtable + slot) : 0;
  return place === 0 ? 0 : Number(bytes.readBigInt64LE(table + place));
}
