import type { DuckDBVector } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { bitsOf } from "./arrow-validity.ts";

export interface TextBuffer {
  /** Bytes so far. */
  readonly size: number;
  /** The texts of a vector in UTF-8, one behind the other; where each ends is written to `ends`, from this place on. */
  append(vector: DuckDBVector, rows: number, ends: Int32Array, from: number): void;
  text(from: number, to: number): string;
  clear(): void;
  /** All of it; the next begins empty. */
  take(): Uint8Array;
}

/** `duckdb_string_t`: its length, then the text itself or, when it is longer, four bytes of it and where it lies. */
const entryBytes = 16;
const inlineMax = 12;

/**
 * The Node API fetches each text by itself, which is most of what a large result costs. Those of a chunk lie one behind
 * the other in a few places, so they are copied by the run.
 */
export function createTextBuffer(): TextBuffer {
  let data = Buffer.allocUnsafe(65_536);
  let size = 0;
  const reserve = (more: number) => {
    if (size + more <= data.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * data.length, size + more));
    larger.set(data.subarray(0, size));
    data = larger;
  };
  return {
    get size() {
      return size;
    },
    append(vector, rows, ends, from) {
      // Not declared by the Node API (1.5.6).
      const { dataView: view } = vector as unknown as { readonly dataView: DataView<ArrayBuffer> };
      const words = new Uint32Array(view.buffer, view.byteOffset, (rows * entryBytes) / 4);
      const bytes = new Uint8Array(view.buffer, view.byteOffset, rows * entryBytes);
      const bits = bitsOf(vector);
      const isValid = (row: number) => bits === undefined || ((bits[row >> 3] as number) >> (row & 7)) & 1;
      const lengthOf = (row: number) => words[4 * row] as number;
      for (let row = 0; row < rows; row += 1) {
        // Under a null lies anything.
        const length = isValid(row) ? lengthOf(row) : 0;
        if (length <= inlineMax) {
          reserve(inlineMax);
          const start = entryBytes * row + 4;
          for (let place = 0; place < length; place += 1) data[size + place] = bytes[start + place] as number;
          size += length;
          ends[from + row] = size;
          continue;
        }
        const first = row;
        let total = length;
        ends[from + row] = size + total;
        while (row + 1 < rows && isValid(row + 1) && follows(words, first, total, row + 1)) {
          row += 1;
          total += lengthOf(row);
          ends[from + row] = size + total;
        }
        reserve(total);
        const pointer = view.byteOffset + entryBytes * first + 8;
        data.set(duckdb.get_data_from_pointer(view.buffer, pointer, total), size);
        size += total;
      }
    },
    text: (from, to) => data.toString("utf8", from, to),
    clear() {
      size = 0;
    },
    take() {
      const taken = Uint8Array.prototype.slice.call(data, 0, size);
      size = 0;
      return taken;
    },
  };
}

/** Whether the text of a row lies `distance` bytes behind that of the first one. */
function follows(words: Uint32Array, first: number, distance: number, row: number): boolean {
  return (
    (words[4 * row] as number) > inlineMax &&
    words[4 * row + 3] === words[4 * first + 3] &&
    words[4 * row + 2] === (words[4 * first + 2] as number) + distance
  );
}
