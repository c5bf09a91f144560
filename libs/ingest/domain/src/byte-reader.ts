import { DomainError } from "@runweir/errors";

/** Says why stored or received bytes are refused. `reason` is machine-readable: the bytes are at fault, not the caller. */
export function malformed(what: string): DomainError {
  return new DomainError("invalid_argument", `The metric data is damaged: ${what}.`, {
    reason: "malformed_points",
  });
}

/** Reads what ByteWriter wrote; every read is checked against the end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
    this.at = start;
  }

  get remaining(): number {
    return this.end - this.at;
  }

  /** Throws unless `count` more bytes are there. */
  need(count: number): void {
    if (count > this.end - this.at) throw malformed("it ends too early");
  }

  byte(): number {
    this.need(1);
    return this.bytes[this.at++] as number;
  }

  varint(): number {
    const { bytes, end } = this;
    let value = 0;
    let scale = 1;
    for (let length = 1; ; length += 1) {
      if (this.at >= end) throw malformed("it ends too early");
      const byte = bytes[this.at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      if (length === 8) throw malformed("a number is longer than 8 bytes");
      scale *= 128;
    }
    if (value > Number.MAX_SAFE_INTEGER) throw malformed("a number is beyond 2^53 - 1");
    return value;
  }

  /** A count of things that take at least `bytesEach` bytes, so that a lying count cannot make us allocate. */
  count(limit: number, bytesEach = 0): number {
    const value = this.varint();
    if (value > limit || value * bytesEach > this.remaining) throw malformed("a count is too large");
    return value;
  }

  raw(length: number): Uint8Array {
    this.need(length);
    const slice = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return slice;
  }

  assertEnd(): void {
    if (this.at !== this.end) throw malformed("bytes follow its end");
  }
}
