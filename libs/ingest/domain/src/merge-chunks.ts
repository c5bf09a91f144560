import { type Chunk, seriesInChunk } from "./chunk.ts";
import { cutChunks, type NewChunk, settledTier } from "./cut-chunks.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { unitePoints } from "./unite-points.ts";

/** Makes chunks of one run into fewer, one tier higher. */
export function mergeChunks(
  parts: readonly { readonly tier: number; readonly chunk: Chunk }[],
  chunkPoints: number,
): readonly NewChunk[] {
  const keyIds = new Set(parts.flatMap(({ chunk }) => [...chunk.keyIds]));
  const series = [...keyIds]
    .sort((a, b) => a - b)
    .map((keyId) => ({
      keyId,
      points: unitePoints(
        parts
          .map(({ chunk }) => seriesInChunk(chunk, keyId))
          .filter((points): points is SeriesPoints => points !== undefined),
      ),
    }));
  const tier = Math.min(Math.max(...parts.map((part) => part.tier)) + 1, settledTier - 1);
  return cutChunks(series, tier, chunkPoints);
}
