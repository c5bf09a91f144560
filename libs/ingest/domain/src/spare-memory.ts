/** Kept of all that is released. */
const bytesMax = 64 * 2 ** 20;

/** Buffers that nobody uses, until somebody wants one of their size. */
export class SpareMemory {
  /** By size; the sizes used last stand last. */
  readonly #bySize = new Map<number, ArrayBuffer[]>();
  #bytes = 0;
  #wasUsed = false;

  take(size: number): ArrayBuffer | undefined {
    const alike = this.#bySize.get(size);
    if (!alike) return undefined;
    this.#bytes -= size;
    this.#bySize.delete(size);
    const buffer = alike.pop();
    if (alike.length > 0) this.#bySize.set(size, alike);
    return buffer;
  }

  keep(buffer: ArrayBuffer): void {
    const size = buffer.byteLength;
    if (size > bytesMax) return;
    while (this.#bytes + size > bytesMax) this.take(this.#bySize.keys().next().value as number);
    const alike = this.#bySize.get(size);
    if (alike) alike.push(buffer);
    else this.#bySize.set(size, [buffer]);
    this.#bytes += size;
    this.#wasUsed = true;
  }

  /** To be called now and then: gives everything back when nothing was released since the last time. */
  giveBackIfIdle(): void {
    if (!this.#wasUsed) {
      this.#bySize.clear();
      this.#bytes = 0;
    }
    this.#wasUsed = false;
  }
}
