import type { Readable } from "node:stream";

/** A source that is a request still has to carry the answer that says what went wrong. */
export function withoutDestroying(body: Readable): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => body.iterator({ destroyOnReturn: false }) };
}
