import { createRequire } from "node:module";
import { crc32c } from "@runweir/ingest-domain";

const require = createRequire(import.meta.url);
const protocol = "kafkajs/src/protocol";

/** Shorter ones are cheaper to copy than to keep apart. */
const portionBytes = 1_024;
const growthBytes = 256;

/** What kafkajs writes a request with, as far as it concerns us. */
interface Encoder {
  buf: Buffer;
  offset: number;
  /** What was written before `buf`; ours. */
  portions?: Buffer[];
  portionBytes?: number;
}

/**
 * Makes kafkajs write requests at a fraction: its checksum in JavaScript, memory that is filled with zeros before it is written over,
 * and a copy of every record at each of the eight levels of a request cost the API more than reading what was sent. Here long portions
 * are kept as they are, and put together where kafkajs asks for the bytes. To be called before anything is sent: kafkajs loads what
 * encodes batches, and takes its checksum, when it encodes the first.
 */
export function encodeQuickly(): void {
  const checksum = require.resolve(`${protocol}/recordBatch/crc32C`);
  require(checksum);
  const loaded = require.cache[checksum];
  if (loaded) loaded.exports = (bytes: Buffer) => crc32c(bytes);

  const { prototype } = require(`${protocol}/encoder`) as { readonly prototype: object };
  Object.defineProperties(prototype, {
    ensureAvailable: { value: ensureAvailable },
    writeBufferInternal: { value: write },
    writeEncoder: { value: writeEncoder },
    writeEncoderArray: { value: writeEncoders },
    buffer: { get: together },
    size: { value: size },
  });
}

function ensureAvailable(this: Encoder, length: number): void {
  const needed = this.offset + length;
  if (needed <= this.buf.length) return;
  // All that is ever read of it has been written.
  const larger = Buffer.allocUnsafe(Math.max(needed, this.buf.length * 2, growthBytes));
  this.buf.copy(larger, 0, 0, this.offset);
  this.buf = larger;
}

function write(this: Encoder, bytes: Buffer): void {
  if (bytes.length >= portionBytes) {
    closePortion(this, bytes);
    return;
  }
  ensureAvailable.call(this, bytes.length);
  bytes.copy(this.buf, this.offset);
  this.offset += bytes.length;
}

/** What follows is written behind what `buf` holds already, in the same memory. */
function closePortion(encoder: Encoder, next: Buffer): void {
  encoder.portions ??= [];
  const { portions } = encoder;
  if (encoder.offset > 0) portions.push(encoder.buf.subarray(0, encoder.offset));
  portions.push(next);
  encoder.portionBytes = (encoder.portionBytes ?? 0) + encoder.offset + next.length;
  encoder.buf = encoder.buf.subarray(encoder.offset);
  encoder.offset = 0;
}

function writeEncoder(this: Encoder, other: Encoder): Encoder {
  for (const portion of other.portions ?? []) write.call(this, portion);
  write.call(this, other.buf.subarray(0, other.offset));
  return this;
}

function writeEncoders(this: Encoder, others: readonly Encoder[]): Encoder {
  for (const other of others) writeEncoder.call(this, other);
  return this;
}

function together(this: Encoder): Buffer {
  const last = this.buf.subarray(0, this.offset);
  if (!this.portions) return last;
  // Asked for more than once, of what is not written to any more.
  const whole = this.offset === 0 && this.portions.length === 1 && this.portions[0];
  if (whole) return whole;
  const bytes = Buffer.concat([...this.portions, last], size.call(this));
  this.portions = [bytes];
  this.buf = this.buf.subarray(this.offset);
  this.offset = 0;
  this.portionBytes = bytes.length;
  return bytes;
}

function size(this: Encoder): number {
  return (this.portionBytes ?? 0) + this.offset;
}
