import type { DuckDBVector } from "@duckdb/node-api";

/** Which rows of a batch have a value: one bit per row, least significant first, in DuckDB as in Arrow. */
export interface Validity {
  append(vector: DuckDBVector, rows: number): void;
  /** Of the rows so far; a column without nulls has no bitmap. The next batch begins. */
  finish(): { readonly nullCount: number; readonly nullBitmap: Uint8Array | undefined };
}

export function createValidity(rowsMax: number): Validity {
  const bitmap = new Uint8Array((rowsMax + 7) >> 3);
  let length = 0;
  let nullCount = 0;
  return {
    append(vector, rows) {
      const source = bitsOf(vector);
      const from = length;
      length += rows;
      if (source === undefined) setBits(bitmap, from, length);
      else
        for (let row = 0; row < rows; row += 1) {
          const isValid = ((source[row >> 3] as number) >> (row & 7)) & 1;
          const place = from + row;
          if (isValid) bitmap[place >> 3] = (bitmap[place >> 3] as number) | (1 << (place & 7));
          else nullCount += 1;
        }
    },
    finish() {
      const found = {
        nullCount,
        nullBitmap: nullCount === 0 ? undefined : bitmap.slice(0, (length + 7) >> 3),
      };
      bitmap.fill(0, 0, (length + 7) >> 3);
      length = 0;
      nullCount = 0;
      return found;
    },
  };
}

/** The bits of a vector as DuckDB has them; undefined when all rows have a value. Not declared by the Node API (1.5.6). */
export function bitsOf(vector: DuckDBVector): Uint8Array | undefined {
  const { validity } = vector as unknown as {
    readonly validity?: { readonly data: BigUint64Array | null; readonly offset: number };
  };
  if (validity === undefined || validity.data === null) return undefined;
  if (validity.offset !== 0) throw new Error("A part of a vector cannot be read.");
  return new Uint8Array(validity.data.buffer, validity.data.byteOffset, validity.data.byteLength);
}

function setBits(bitmap: Uint8Array, from: number, to: number): void {
  let place = from;
  for (; place < to && (place & 7) !== 0; place += 1)
    bitmap[place >> 3] = (bitmap[place >> 3] as number) | (1 << (place & 7));
  const whole = to >> 3;
  if (place >> 3 < whole) {
    bitmap.fill(0xff, place >> 3, whole);
    place = whole << 3;
  }
  for (; place < to; place += 1) bitmap[place >> 3] = (bitmap[place >> 3] as number) | (1 << (place & 7));
}
