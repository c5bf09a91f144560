import { type Chunk, seriesInChunk } from "./chunk.ts";
import type { ChunkCache } from "./chunk-cache.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { noPoints } from "./point-set.ts";
import { unitePoints } from "./unite-points.ts";

/** The points of a series: those of its chunks, and those that wait for folding, some of which may be in chunks too. */
export function uniteChunks(
  cache: ChunkCache,
  keyId: number | undefined,
  chunks: readonly { readonly id: number; readonly chunk: Chunk }[],
  pending: SeriesPoints | undefined,
): SeriesPoints {
  const stored = keyId === undefined ? noPoints : storedSeries(cache, keyId, chunks);
  return pending ? unitePoints([pending, stored]) : stored;
}

function storedSeries(
  cache: ChunkCache,
  keyId: number,
  chunks: readonly { readonly id: number; readonly chunk: Chunk }[],
): SeriesPoints {
  const parts = chunks.flatMap(({ id, chunk }) => {
    const points = seriesInChunk(chunk, keyId);
    return points ? [{ id, points }] : [];
  });
  const [only] = parts;
  if (!only) return noPoints;
  if (parts.length === 1) return only.points;
  return cache.series(
    keyId,
    parts.map((part) => part.id),
    () => unitePoints(parts.map((part) => part.points)),
  );
}
