import type { Chunk } from "./chunk.ts";
import { type Floats, freshFloats } from "./column-memory.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { joinPoints, slicePoints } from "./point-set.ts";

/** The tier of large parts of one series. They are never merged again. */
export const settledTier = 100;

/**
 * A part of one series settles from this share of a full one on: to write it once more would make four chunks into one, which
 * saves a reader little, and whoever writes a third of the work.
 */
const settledShare = 1 / 4;

export interface KeyedSeries {
  readonly keyId: number;
  readonly points: SeriesPoints;
}

export interface NewChunk {
  readonly tier: number;
  readonly chunk: Chunk;
}

/**
 * Cuts point sets of one run (ascending key ids) into chunks: full parts of long series settle, and rests that are large
 * enough; small rests and short series share chunks of the given tier.
 */
export function cutChunks(
  series: readonly KeyedSeries[],
  tier: number,
  fullPoints: number,
  floats = freshFloats,
): NewChunk[] {
  const chunks: NewChunk[] = [];
  let group: KeyedSeries[] = [];
  let grouped = 0;
  const closeGroup = (): void => {
    if (group.length > 0) chunks.push({ tier, chunk: chunkOf(group, floats) });
    group = [];
    grouped = 0;
  };
  for (const { keyId, points } of series) {
    const count = points.values.length;
    let start = 0;
    while (count - start >= settledShare * fullPoints) {
      const part = slicePoints(points, start, Math.min(count, start + fullPoints));
      chunks.push({ tier: settledTier, chunk: chunkOf([{ keyId, points: part }], floats) });
      start += part.values.length;
    }
    if (start === count) continue;
    if (grouped + count - start > fullPoints) closeGroup();
    group.push({ keyId, points: slicePoints(points, start) });
    grouped += count - start;
  }
  closeGroup();
  return chunks;
}

function chunkOf(group: readonly KeyedSeries[], floats: Floats): Chunk {
  const offsets = new Uint32Array(group.length + 1);
  group.forEach(({ points }, i) => {
    offsets[i + 1] = (offsets[i] as number) + points.values.length;
  });
  return {
    keyIds: Uint32Array.from(group, (one) => one.keyId),
    offsets,
    ...joinPoints(
      group.map((one) => one.points),
      floats,
    ),
  };
}
