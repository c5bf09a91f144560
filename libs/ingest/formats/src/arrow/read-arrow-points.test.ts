import { DomainError } from "@runweir/errors";
import {
  Bool,
  type DataType,
  Dictionary,
  Field,
  Float16,
  Float64,
  Int8,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { expect, it } from "vitest";
import {
  type ArrowRow,
  arrowBytes,
  openArrow,
  type PointRow,
  readArrow,
  rowsOf,
} from "../../testing/index.ts";
import type { ArrowBatch } from "./read-arrow-points.ts";

const rows: ArrowRow[] = [
  ["r1", "loss", 1, 10, 0.5],
  ["r2", "acc", -2, 11, Number.NaN],
  ["r1", "acc", 3, 12, 1 / 3],
];
const stream = arrowBytes([rows, rows]);

/** Where the record batches' bodies are: the writer pads every buffer to 8 bytes, rows are known. */
async function refusalOf(bytes: Buffer, options: Parameters<typeof readArrow>[1] = {}): Promise<DomainError> {
  const error = await readArrow(bytes, options).then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
}

it.each([{ plain: false }, { plain: true }])(
  "brings the rows of a batch to their runs (%j)",
  async (options) => {
    const { batches } = await readArrow(arrowBytes([rows, rows.slice(0, 1)], options));
    expect(batches.map(rowsOf)).toEqual([
      [
        ["r1", "loss", 1, 10, "0.5"],
        ["r1", "acc", 3, 12, String(1 / 3)],
        ["r2", "acc", -2, 11, "NaN"],
      ],
      [["r1", "loss", 1, 10, "0.5"]],
    ]);
  },
);

it("reads the same into memory of batches that were released, and nothing into that of others", async () => {
  // Memory of 32 KiB and more is kept: columns on both sides of that, and of powers of two.
  const batches = [5_000, 9_000, 5_000, 100, 8_193, 5_000, 9_000].map((count, batch) =>
    Array.from(
      { length: count },
      (_, i): ArrowRow => ["r1", `k${i % 3}`, batch * 10_000 + i, i, i / (batch + 1)],
    ),
  );
  const bytes = arrowBytes(batches);
  const once = (await readArrow(bytes)).batches.map(rowsOf);
  const released: PointRow[][] = [];
  const kept: ArrowBatch[] = [];
  const memory = new Set<ArrayBufferLike>();
  for await (const batch of openArrow(bytes)) {
    memory.add(batch.runs[0]?.points.steps.buffer as ArrayBufferLike);
    released.push(rowsOf(batch.runs));
    if (released.length % 3 === 0) kept.push(batch);
    else batch.release();
  }
  expect(released).toEqual(once);
  expect(kept.map((batch) => rowsOf(batch.runs))).toEqual([once[2], once[5]]);
  expect(memory.size).toBeLessThan(batches.length);
});

it("names the row of a fault that shows only later", async () => {
  const { batches } = await readArrow(stream);
  const [first, second] = batches[1] ?? [];
  expect(first?.place?.("step", 1)).toBe("batch 1: step[2]");
  expect(second?.place?.("keys", 0)).toBe("batch 1: key[1]");
});

it("takes a stream without an end mark, and one without batches", async () => {
  expect((await readArrow(stream.subarray(0, -8))).batches).toHaveLength(2);
  expect((await readArrow(arrowBytes([[]]))).batches.flat()).toEqual([]);
});

it("64-bit numbers beyond 2^53 come out beyond 2^53, negative ones negative", async () => {
  const wide = arrowBytes([
    [["r", "k", 2 ** 60, 2 ** 53, 0] as const, ["r", "k", -(2 ** 60), -1, 0] as const],
  ]);
  const { batches } = await readArrow(wide);
  expect(batches.flatMap(rowsOf)).toEqual([
    ["r", "k", 2 ** 60, 2 ** 53, "0"],
    ["r", "k", -(2 ** 60), -1, "0"],
  ]);
});

it.each([
  ["nothing", Buffer.alloc(0), "begins with its schema"],
  ["no stream", Buffer.from("ARROW1\0\0 a file, not a stream"), "is not an Arrow IPC stream"],
  ["a stream cut within a message", stream.subarray(0, 900), "more bytes were announced"],
  [
    "a schema that comes twice",
    Buffer.concat([stream.subarray(0, -8), stream]),
    "one schema, at its beginning",
  ],
  ["batches before the schema", stream.subarray(schemaEnd(stream)), "begins with its schema"],
])("refuses %s", async (_what, bytes, message) => {
  expect(await refusalOf(bytes)).toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining(message),
  });
});

function schemaEnd(bytes: Buffer): number {
  return 8 + bytes.readInt32LE(4);
}

it.each([
  ["the metadata", 4, 0x7fffffff, "The metadata of an Arrow message may have at most"],
  ["metadata of a negative length", 4, -5, "has a negative length"],
])("refuses %s that is said to be huge before taking memory for it", async (_what, at, length, message) => {
  const bytes = Buffer.from(stream);
  bytes.writeInt32LE(length, at);
  expect((await refusalOf(bytes)).message).toContain(message);
});

/** Replaces the first occurrence of a 64-bit number behind the schema. */
function withNumber(before: bigint, after: bigint, bytes = stream): Buffer {
  const changed = Buffer.from(bytes);
  const pattern = Buffer.alloc(8);
  pattern.writeBigInt64LE(before);
  const at = changed.indexOf(pattern, schemaEnd(bytes));
  expect(at).toBeGreaterThan(0);
  changed.writeBigInt64LE(after, at);
  return changed;
}

it("refuses dictionary indices out of range, with the row", async () => {
  const batch = Int32ArrayAt(stream, [0, 1, 0]);
  for (const index of [2, -1, 0x7fffffff]) {
    const bytes = Buffer.from(stream);
    bytes.writeInt32LE(index, batch + 4);
    expect((await refusalOf(bytes)).message).toContain(
      `the index ${index} into a dictionary of 2 entries (row 1)`,
    );
  }
});

/** Where these 32-bit numbers stand in the bytes. */
function Int32ArrayAt(bytes: Buffer, numbers: readonly number[]): number {
  const pattern = Buffer.from(Int32Array.from(numbers).buffer);
  const at = bytes.indexOf(pattern, schemaEnd(bytes));
  expect(at).toBeGreaterThan(0);
  return at;
}

it.each([
  ["negative", -1],
  ["descending", 9],
  ["beyond the bytes", 0x7ffffff0],
])("refuses text offsets that are %s", async (_what, offset) => {
  const plain = arrowBytes([rows], { plain: true });
  const bytes = Buffer.from(plain);
  bytes.writeInt32LE(offset, Int32ArrayAt(plain, [0, 2, 4, 6]) + (offset === 9 ? 4 : 12));
  expect((await refusalOf(bytes)).message).toMatch(/offsets of an Arrow text column/);
});

it("refuses more rows, bytes or names than its limits", async () => {
  expect((await refusalOf(stream, { limits: { arrowRows: 2 } })).message).toContain(
    "at most 2 rows, and has 3",
  );
  expect((await refusalOf(stream, { limits: { arrowBodyBytes: 64 } })).code).toBe("payload_too_large");
  expect((await refusalOf(stream, { limits: { arrowDictionaryBytes: 16 } })).message).toContain(
    "The dictionaries of",
  );
  expect((await refusalOf(stream, { limits: { arrowDictionaryValues: 1 } })).message).toContain("at most 1");
  expect((await refusalOf(stream, { openBytes: 1_000 })).code).toBe("resource_exhausted");
});

function withSchema(types: Record<string, DataType>): Buffer {
  const schema = new Schema(Object.entries(types).map(([name, type]) => new Field(name, type, true)));
  const writer = new RecordBatchStreamWriter();
  const children = schema.fields.map((field) => makeData({ type: field.type as never, length: 0 } as never));
  writer.write(
    new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: 0, children } as never) as never,
    ),
  );
  writer.finish();
  return Buffer.from(writer.toUint8Array(true));
}

const types = {
  run_id: new Utf8(),
  key: new Utf8(),
  step: new Int64(),
  timestamp: new Int64(),
  value: new Float64(),
};

it.each<[string, Record<string, DataType>, string]>([
  [
    "a column too few",
    { run_id: new Utf8() },
    "must have the columns run_id, key, step, timestamp, value, each once. Found run_id.",
  ],
  [
    "a column too many",
    { ...types, colour: new Utf8() },
    "Found run_id, key, step, timestamp, value, colour.",
  ],
  [
    "a value that is half as wide",
    { ...types, value: new Float16() },
    "column 'value' must be float64 or float32. Found Float16.",
  ],
  ["a step that is no integer", { ...types, step: new Float64() }, "column 'step' must be an integer."],
  [
    "a key that is a number",
    { ...types, key: new Int8() },
    "column 'key' must be utf8 or large_utf8, or a dictionary",
  ],
  [
    "a dictionary of numbers",
    { ...types, key: new Dictionary(new Int8(), new Int8()) },
    "column 'key' must be utf8",
  ],
  ["booleans", { ...types, value: new Bool() }, "type (6 of Schema.fbs) that points do not use"],
])("refuses a schema with %s", async (_what, schema, message) => {
  expect(await refusalOf(withSchema(schema))).toMatchObject({
    code: "invalid_argument",
    field: "schema",
    message: expect.stringContaining(message),
  });
});

it("refuses nulls", async () => {
  const columns = {
    run_id: vectorFromArray(["a", "a"], new Utf8()),
    key: vectorFromArray(["k", "k"], new Utf8()),
    step: vectorFromArray([1n, 2n], new Int64()),
    timestamp: vectorFromArray([1n, 2n], new Int64()),
    value: vectorFromArray([1, null], new Float64()),
  };
  const schema = new Schema(Object.entries(types).map(([name, type]) => new Field(name, type, true)));
  const children = Object.values(columns).map((vector) => vector.data[0]);
  const writer = new RecordBatchStreamWriter();
  writer.write(
    new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: 2, children } as never) as never,
    ),
  );
  writer.finish();
  expect((await refusalOf(Buffer.from(writer.toUint8Array(true)))).message).toContain("holds nulls");
});

it("refuses lengths that lie about the body", async () => {
  // The number of rows stands in the metadata of each batch and of each of its columns.
  expect((await refusalOf(withNumber(3n, 2n))).message).toContain("damaged");
  expect((await refusalOf(withNumber(3n, 1_000_000n))).code).toBe("invalid_argument");
  expect((await refusalOf(withNumber(3n, -3n))).code).toBe("invalid_argument");
  expect((await refusalOf(withNumber(3n, 2n ** 62n))).code).toBe("invalid_argument");
});
