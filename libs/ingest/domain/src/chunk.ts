import { malformed } from "./byte-reader.ts";
import { keptWriter } from "./byte-writer.ts";
import { finishFrame, openFrame, startFrame } from "./framing.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { blockPointsMax, pointsOfSeries, readBlock, type SeriesBlock, writeBlock } from "./series-block.ts";

const magic = "RWCH";

/** Merged points: series in ascending key id, each sorted by (step, timestamp, value) without duplicates. */
export interface Chunk extends SeriesBlock {
  readonly keyIds: Uint32Array;
}

export function encodeChunk(chunk: Chunk): Uint8Array {
  const points = chunk.values.length;
  const out = keptWriter();
  startFrame(out, magic);
  out.varint(points);
  out.varint(chunk.keyIds.length);
  let before = 0;
  for (const keyId of chunk.keyIds) {
    out.varint(keyId - before);
    before = keyId;
  }
  writeBlock(out, chunk);
  return finishFrame(out);
}

/** Decodes a chunk, or throws `invalid_argument` (reason `malformed_points`). Does not check the order of its points. */
export function decodeChunk(bytes: Uint8Array): Chunk {
  const source = openFrame(bytes, magic);
  const points = source.count(blockPointsMax, 4);
  const seriesCount = source.count(points, 1);
  const keyIds = new Uint32Array(seriesCount);
  let before = 0;
  for (let i = 0; i < seriesCount; i += 1) {
    const keyId = before + source.varint();
    if (keyId > 0xffffffff || (i > 0 && keyId === before)) throw malformed("its key ids are out of order");
    keyIds[i] = keyId;
    before = keyId;
  }
  const block = readBlock(source, seriesCount, points);
  source.assertEnd();
  return { keyIds, ...block };
}

/** The points of one series in a chunk, or undefined when the chunk has none. */
export function seriesInChunk(chunk: Chunk, keyId: number): SeriesPoints | undefined {
  let low = 0;
  let high = chunk.keyIds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunk.keyIds[middle] as number) < keyId) low = middle + 1;
    else high = middle;
  }
  return chunk.keyIds[low] === keyId ? pointsOfSeries(chunk, low) : undefined;
}
