import type { Floats } from "@runweir/ingest-domain";
import { type Data, DataType as Is, TimeUnit } from "apache-arrow";

const wordSize = 2 ** 32;

/** A column of numbers as float64, in memory of the batch. 64-bit integers beyond 2^53 come out rounded, and beyond 2^53 still. */
export function readNumberColumn(data: Data, floats: Floats): Float64Array {
  const { values, length, type } = data;
  if (values instanceof Float64Array) return values.subarray(0, length);
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) {
    const narrow = values as Int32Array;
    const column = floats(length);
    for (let i = 0; i < length; i += 1) column[i] = narrow[i] as number;
    return column;
  }
  // Two 32-bit words are many times faster than a BigInt for every value.
  const low = new Uint32Array(values.buffer, values.byteOffset, length * 2);
  const high = values instanceof BigInt64Array ? new Int32Array(low.buffer, low.byteOffset, length * 2) : low;
  const column = floats(length);
  if (Is.isTimestamp(type) && type.unit !== TimeUnit.MILLISECOND)
    return toMilliseconds(column, low, high, type.unit);
  for (let i = 0; i < length; i += 1)
    column[i] = (high[i * 2 + 1] as number) * wordSize + (low[i * 2] as number);
  return column;
}

/** Whole milliseconds, rounded down, exactly, although nanoseconds do not fit into a float64. */
function toMilliseconds(
  column: Float64Array,
  low: Uint32Array,
  high: Uint32Array | Int32Array,
  unit: TimeUnit,
): Float64Array {
  if (unit === TimeUnit.SECOND) {
    for (let i = 0; i < column.length; i += 1)
      column[i] = ((high[i * 2 + 1] as number) * wordSize + (low[i * 2] as number)) * 1_000;
    return column;
  }
  const divisor = unit === TimeUnit.MICROSECOND ? 1_000 : 1_000_000;
  for (let i = 0; i < column.length; i += 1) {
    const word = high[i * 2 + 1] as number;
    // Long division in two digits of 2^32: the remainder of the first is below 2^20, so the second is exact too.
    const quotient = Math.floor(word / divisor);
    const rest = word - quotient * divisor;
    column[i] = quotient * wordSize + Math.floor((rest * wordSize + (low[i * 2] as number)) / divisor);
  }
  return column;
}
