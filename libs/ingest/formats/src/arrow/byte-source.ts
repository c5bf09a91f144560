import { malformedBody } from "../refusals.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const fresh = (length: number): Bytes => new Uint8Array(length);

/** Bytes of a stream in portions of a known size. Memory is taken as bytes arrive, never because a length says so. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #consumed = 0;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes, in memory of their own or given; undefined when the stream has ended before the first. */
  async read(length: number, memory = fresh): Promise<Bytes | undefined> {
    while (this.#heldBytes < length) {
      const next = await this.#pieces.next();
      if (next.done) {
        if (this.#heldBytes === 0) return undefined;
        throw malformedBody(`it ends where ${length - this.#heldBytes} more bytes were announced`);
      }
      this.#held.push(next.value);
      this.#heldBytes += next.value.length;
    }
    return this.#take(memory(length));
  }

  /** How many bytes have been read since this was last asked. */
  consumed(): number {
    const consumed = this.#consumed;
    this.#consumed = 0;
    return consumed;
  }

  async end(): Promise<void> {
    await this.#pieces.return?.();
  }

  #take(taken: Bytes): Bytes {
    const { length } = taken;
    let at = 0;
    while (at < length) {
      const piece = this.#held[0] as Buffer;
      const part = piece.subarray(0, length - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === piece.length) this.#held.shift();
      else this.#held[0] = piece.subarray(part.length);
    }
    this.#heldBytes -= length;
    this.#consumed += length;
    return taken;
  }
}
