/** A writer that has grown beyond this is not used again. */
const keptBytes = 2 ** 20;
let kept: ByteWriter | undefined;

/** An empty one, in memory that holds until the next call. */
export function keptWriter(): ByteWriter {
  if (kept === undefined || kept.bytes.length > keptBytes) kept = new ByteWriter(2 ** 17);
  kept.length = 0;
  return kept;
}

/** Appends bytes to a buffer that grows. Integers are LEB128 varints, floats little-endian. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;
  #view: DataView;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A whole number from 0 to 2^53 - 1. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    // Shifts work on 32 bits only; larger numbers are divided until they fit.
    while (rest > 0x7fffffff) {
      this.bytes[this.length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  uint32At(offset: number, value: number): void {
    this.#view.setUint32(offset, value, true);
  }

  /** NaN is written with its canonical bits, whatever payload it carried. */
  float64s(values: Float64Array, start = 0, end = values.length): void {
    this.reserve((end - start) * 8);
    const view = this.#view;
    let at = this.length;
    for (let i = start; i < end; i += 1, at += 8) view.setFloat64(at, canonical(values[i] as number), true);
    this.length = at;
  }

  /** As `float64s`. */
  float32s(values: Float64Array, start = 0, end = values.length): void {
    this.reserve((end - start) * 4);
    const view = this.#view;
    let at = this.length;
    for (let i = start; i < end; i += 1, at += 4) view.setFloat32(at, canonical(values[i] as number), true);
    this.length = at;
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

function canonical(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}
