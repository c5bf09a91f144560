import type { DuckDBVector } from "@duckdb/node-api";
import { Bool, type Data, type DataType, makeBuilder, makeData, Utf8 } from "apache-arrow";
import type { ArrowColumn } from "./arrow-type.ts";
import { bitsOf, createValidity } from "./arrow-validity.ts";

/** Gathers the rows of one column until they are a batch. */
export interface ColumnGatherer {
  append(vector: DuckDBVector, rows: number): void;
  /** Bytes of texts so far; other columns are bounded by their rows. */
  readonly bytes: number;
  finish(): Data;
}

export function gatherColumn(
  arrow: ArrowColumn,
  members: readonly string[] | undefined,
  rowsMax: number,
): ColumnGatherer {
  if (arrow.isText) return gatherTexts(members, rowsMax);
  if (arrow.type instanceof Bool) return gatherBooleans(rowsMax);
  return arrow.storage === undefined
    ? gatherValues(arrow)
    : gatherNumbers(arrow.type, arrow.storage, rowsMax);
}

type Numbers = Float64Array | Int32Array | BigInt64Array;

/** Numbers and times: both sides store them alike, so they are copied as they lie. */
function gatherNumbers(
  type: DataType,
  storage: NonNullable<ArrowColumn["storage"]>,
  rowsMax: number,
): ColumnGatherer {
  const data = new storage(rowsMax) as Numbers;
  const validity = createValidity(rowsMax);
  let length = 0;
  return {
    bytes: 0,
    append(vector, rows) {
      const { items } = vector as unknown as { readonly items: Numbers };
      data.set(items.subarray(0, rows) as never, length);
      validity.append(vector, rows);
      length += rows;
    },
    finish() {
      const part = { type, length, ...validity.finish(), data: data.slice(0, length) };
      length = 0;
      return makeData(part as never) as Data;
    },
  };
}

function gatherBooleans(rowsMax: number): ColumnGatherer {
  const bits = new Uint8Array((rowsMax + 7) >> 3);
  const validity = createValidity(rowsMax);
  let length = 0;
  return {
    bytes: 0,
    append(vector, rows) {
      const { dataView } = vector as unknown as { readonly dataView: DataView };
      for (let row = 0; row < rows; row += 1) {
        const place = length + row;
        if (dataView.getUint8(row) !== 0)
          bits[place >> 3] = (bits[place >> 3] as number) | (1 << (place & 7));
      }
      validity.append(vector, rows);
      length += rows;
    },
    finish() {
      const data = bits.slice(0, (length + 7) >> 3);
      bits.fill(0);
      const part = { type: new Bool(), length, ...validity.finish(), data };
      length = 0;
      return makeData(part);
    },
  };
}

/** Texts: by number from the list of those that repeat where there is one, one by one else. */
function gatherTexts(members: readonly string[] | undefined, rowsMax: number): ColumnGatherer {
  const offsets = new Int32Array(rowsMax + 1);
  const validity = createValidity(rowsMax);
  const encoder = new TextEncoder();
  const encoded = members?.map((text) => encoder.encode(text));
  let data = new Uint8Array(65_536);
  let length = 0;
  let size = 0;
  const reserve = (more: number) => {
    if (size + more <= data.length) return;
    const larger = new Uint8Array(Math.max(2 * data.length, size + more));
    larger.set(data.subarray(0, size));
    data = larger;
  };
  const appendMembers = (bytes: readonly Uint8Array[], vector: DuckDBVector, rows: number) => {
    const { items } = vector as unknown as { readonly items: Uint8Array | Uint16Array | Uint32Array };
    // Under a null lies any number.
    const bits = bitsOf(vector);
    const isValid = (row: number) => bits === undefined || ((bits[row >> 3] as number) >> (row & 7)) & 1;
    for (let row = 0; row < rows; ) {
      const member = items[row] as number;
      if (isValid(row)) {
        const text = bytes[member] as Uint8Array;
        let count = 1;
        while (row + count < rows && items[row + count] === member && isValid(row + count)) count += 1;
        reserve(count * text.length);
        repeatInto(data, size, text, count);
        for (let one = 0; one < count; one += 1) {
          size += text.length;
          row += 1;
          offsets[length + row] = size;
        }
      } else {
        row += 1;
        offsets[length + row] = size;
      }
    }
  };
  const appendTexts = (vector: DuckDBVector, rows: number) => {
    for (let row = 0; row < rows; row += 1) {
      const value = vector.getItem(row);
      if (value !== null) {
        const text = String(value);
        // UTF-8 takes at most three bytes for a unit of UTF-16.
        reserve(3 * text.length);
        size += encoder.encodeInto(text, data.subarray(size)).written;
      }
      offsets[length + row + 1] = size;
    }
  };
  return {
    get bytes() {
      return size;
    },
    append(vector, rows) {
      if (encoded === undefined) appendTexts(vector, rows);
      else appendMembers(encoded, vector, rows);
      validity.append(vector, rows);
      length += rows;
    },
    finish() {
      const valueOffsets = offsets.slice(0, length + 1);
      const part = {
        type: new Utf8(),
        length,
        ...validity.finish(),
        valueOffsets,
        data: data.slice(0, size),
      };
      length = 0;
      size = 0;
      return makeData(part);
    },
  };
}

/** Writes a text so many times: sorted columns hold the same one for long. */
function repeatInto(data: Uint8Array, from: number, text: Uint8Array, count: number): void {
  const to = from + count * text.length;
  data.set(text, from);
  for (let end = from + text.length; end < to; end += end - from)
    data.copyWithin(end, from, Math.min(end, from + to - end));
}

/** Everything else, value by value. */
function gatherValues(arrow: ArrowColumn): ColumnGatherer {
  let builder = makeBuilder({ type: arrow.type, nullValues: [null, undefined] });
  return {
    bytes: 0,
    append(vector, rows) {
      for (let row = 0; row < rows; row += 1) {
        const value = vector.getItem(row);
        builder.append(value === null ? null : arrow.convert(value));
      }
    },
    finish() {
      const data = builder.finish().flush();
      builder = makeBuilder({ type: arrow.type, nullValues: [null, undefined] });
      return data;
    },
  };
}
