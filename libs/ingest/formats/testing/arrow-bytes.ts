import {
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";

/** A point as a test writes it down. */
export type ArrowRow = readonly [runId: string, key: string, step: number, timestamp: number, value: number];

export interface ArrowOptions {
  /** Plain utf8 instead of dictionaries. */
  readonly plain?: boolean;
}

/** An IPC stream of these batches, as the Arrow library writes it. */
export function arrowBytes(
  batches: readonly (readonly ArrowRow[])[],
  { plain = false }: ArrowOptions = {},
): Buffer {
  const text = plain ? new Utf8() : undefined;
  const names = (column: 0 | 1) => [...new Set(batches.flat().map((row) => row[column]))];
  const dictionaries = [0, 1].map((column) => {
    const texts = names(column as 0 | 1);
    return { texts, vector: vectorFromArray(texts, new Utf8()) };
  });
  const types = {
    run_id: text ?? new Dictionary(new Utf8(), new Int32(), 0),
    key: text ?? new Dictionary(new Utf8(), new Int32(), 1),
    step: new Int64(),
    timestamp: new Int64(),
    value: new Float64(),
  };
  const schema = new Schema(Object.entries(types).map(([name, type]) => new Field(name, type, false)));
  const writer = new RecordBatchStreamWriter();
  for (const rows of batches) {
    const textData = (column: 0 | 1) => {
      if (text)
        return vectorFromArray(
          rows.map((row) => row[column]),
          text,
        ).data[0];
      const { texts, vector } = dictionaries[column] as { texts: string[]; vector: Vector<Utf8> };
      return makeData({
        type: types[column === 0 ? "run_id" : "key"] as Dictionary<Utf8, Int32>,
        length: rows.length,
        nullCount: 0,
        data: Int32Array.from(rows, (row) => texts.indexOf(row[column])),
        dictionary: vector,
      });
    };
    const children = [
      textData(0),
      textData(1),
      makeData({ type: types.step, data: BigInt64Array.from(rows, (row) => BigInt(row[2])) }),
      makeData({ type: types.timestamp, data: BigInt64Array.from(rows, (row) => BigInt(row[3])) }),
      makeData({ type: types.value, data: Float64Array.from(rows, (row) => row[4]) }),
    ];
    const data = makeData({
      type: new Struct(schema.fields),
      length: rows.length,
      nullCount: 0,
      children: children as never,
    });
    writer.write(new RecordBatch(schema, data));
  }
  writer.finish();
  return Buffer.from(writer.toUint8Array(true));
}
