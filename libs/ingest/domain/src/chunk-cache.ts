import type { Chunk } from "./chunk.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { PointsLru } from "./points-lru.ts";

/**
 * Decoded chunks by id, and series united from several chunks by the ids of those. Sound because chunks never change and
 * ids never return, not even
 * from a restored backup: a series that has grown is made of other chunks, so it has another name.
 */
export class ChunkCache {
  readonly #chunks: PointsLru<number, Chunk>;
  readonly #series: PointsLru<string, SeriesPoints>;

  /** Half of the points for chunks, half for series; 24 bytes each. */
  constructor(pointsMax: number) {
    this.#chunks = new PointsLru(pointsMax / 2);
    this.#series = new PointsLru(pointsMax / 2);
  }

  get(chunkId: number): Chunk | undefined {
    return this.#chunks.get(chunkId);
  }

  put(chunkId: number, chunk: Chunk): void {
    this.#chunks.put(chunkId, chunk);
  }

  /** The series that `unite` makes from these chunks; made at most once while it is remembered. */
  series(keyId: number, chunkIds: readonly number[], unite: () => SeriesPoints): SeriesPoints {
    const name = `${keyId}:${chunkIds.join(",")}`;
    const known = this.#series.get(name);
    if (known) return known;
    const series = unite();
    this.#series.put(name, series);
    return series;
  }
}
