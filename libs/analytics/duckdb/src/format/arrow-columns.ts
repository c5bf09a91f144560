import type { DuckDBVector } from "@duckdb/node-api";
import { Bool, type Data, type DataType, makeBuilder, makeData, Utf8 } from "apache-arrow";
import type { ArrowColumn } from "./arrow-type.ts";
import { createValidity } from "./arrow-validity.ts";
import { createTextBuffer } from "./text-buffer.ts";

/** Gathers the rows of one column until they are a batch. */
export interface ColumnGatherer {
  append(vector: DuckDBVector, rows: number): void;
  /** Bytes of texts so far; other columns are bounded by their rows. */
  readonly bytes: number;
  finish(): Data;
}

export function gatherColumn(arrow: ArrowColumn, rowsMax: number): ColumnGatherer {
  if (arrow.isText) return gatherTexts(rowsMax);
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

function gatherTexts(rowsMax: number): ColumnGatherer {
  const offsets = new Int32Array(rowsMax + 1);
  const validity = createValidity(rowsMax);
  const texts = createTextBuffer();
  let length = 0;
  return {
    get bytes() {
      return texts.size;
    },
    append(vector, rows) {
      texts.append(vector, rows, offsets, length + 1);
      validity.append(vector, rows);
      length += rows;
    },
    finish() {
      const valueOffsets = offsets.slice(0, length + 1);
      const part = { type: new Utf8(), length, ...validity.finish(), valueOffsets, data: texts.take() };
      length = 0;
      return makeData(part);
    },
  };
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
