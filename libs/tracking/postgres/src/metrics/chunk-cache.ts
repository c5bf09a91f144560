import type { Chunk } from "@runweir/ingest-domain";

/** Decoded chunks by id, the least lately used dropped first. Sound because chunks never change and ids never return. */
export class ChunkCache {
  readonly #pointsMax: number;
  #chunks = new Map<number, Chunk>();
  #points = 0;

  /** A point takes 24 bytes, so a million of them 24 MB. */
  constructor(pointsMax: number) {
    this.#pointsMax = pointsMax;
  }

  get(chunkId: number): Chunk | undefined {
    const chunk = this.#chunks.get(chunkId);
    if (!chunk) return undefined;
    this.#chunks.delete(chunkId);
    this.#chunks.set(chunkId, chunk);
    return chunk;
  }

  put(chunkId: number, chunk: Chunk): void {
    const points = chunk.values.length;
    if (points > this.#pointsMax || this.#chunks.has(chunkId)) return;
    this.#chunks.set(chunkId, chunk);
    this.#points += points;
    for (const [oldest, dropped] of this.#chunks) {
      if (this.#points <= this.#pointsMax) break;
      this.#chunks.delete(oldest);
      this.#points -= dropped.values.length;
    }
  }
}
