import { SpareMemory } from "./spare-memory.ts";

/** Columns for numbers, holding whatever; they are filled wholly. */
export type Floats = (length: number) => Float64Array;

/** Kept for as long as somebody holds them. */
export const freshFloats: Floats = (length) => new Float64Array(length);

/** Less is never kept. */
const leastBytes = 32 * 2 ** 10;

/** Of this process; whoever starts one has it give back what is idle. */
export const spareColumns = new SpareMemory();

/**
 * What columns lie in for a while, used again once they are done with: fresh memory is filled with zeros before it is written over, and
 * collecting it makes the whole heap be looked through, several times a second at a hundred megabytes a second.
 */
export class ColumnMemory {
  #taken: ArrayBuffer[] = [];
  readonly #spare: SpareMemory;

  constructor(spare = spareColumns) {
    this.#spare = spare;
  }

  /** Holding whatever they held before; to be filled wholly. */
  readonly bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(this.#take(length), 0, length);

  /** As `bytes`. */
  readonly floats = (length: number): Float64Array<ArrayBuffer> =>
    new Float64Array(this.#take(length * 8), 0, length);

  /** Nothing that was given out may be read any more. */
  release(): void {
    for (const buffer of this.#taken) this.#spare.keep(buffer);
    this.#taken = [];
  }

  #take(bytes: number): ArrayBuffer {
    if (bytes < leastBytes) return new ArrayBuffer(bytes);
    const size = sizeFor(bytes);
    const buffer = this.#spare.take(size) ?? new ArrayBuffer(size);
    this.#taken.push(buffer);
    return buffer;
  }
}

/** Eight sizes from one power of two to the next, so that columns of about one length fit into each other's memory. */
function sizeFor(bytes: number): number {
  const unit = 2 ** (Math.floor(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / unit) * unit;
}
