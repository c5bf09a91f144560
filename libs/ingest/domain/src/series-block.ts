import { type ByteReader, malformed } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type Floats, freshFloats } from "./column-memory.ts";
import { readIntegers, writeIntegers } from "./integer-column.ts";
import type { SeriesPoints } from "./point-batch.ts";
import { readValues, writeValues } from "./value-column.ts";

/** No segment or chunk holds more points, so a lying count never makes a reader allocate more than 24 MB. */
export const blockPointsMax = 2 ** 20;

/** Points of several series side by side: series `s` is `offsets[s]` to `offsets[s + 1]` of every column. */
export interface SeriesBlock extends SeriesPoints {
  readonly offsets: Uint32Array;
}

/** The points of one series of a block, as views on its columns. */
export function pointsOfSeries(block: SeriesBlock, series: number): SeriesPoints {
  const start = block.offsets[series] as number;
  const end = block.offsets[series + 1] as number;
  return {
    steps: block.steps.subarray(start, end),
    timestamps: block.timestamps.subarray(start, end),
    values: block.values.subarray(start, end),
  };
}

export function writeBlock(out: ByteWriter, block: SeriesBlock): void {
  for (let series = 0; series + 1 < block.offsets.length; series += 1) {
    out.varint((block.offsets[series + 1] as number) - (block.offsets[series] as number));
  }
  writeIntegers(out, block.steps, block.offsets);
  writeIntegers(out, block.timestamps, block.offsets);
  writeValues(out, block.values, block.offsets);
}

/** Reads a block of `seriesCount` series that together hold exactly `points` points. */
export function readBlock(
  source: ByteReader,
  seriesCount: number,
  points: number,
  floats: Floats = freshFloats,
): SeriesBlock {
  if (points * 4 > source.remaining) throw malformed("a count is too large");
  const offsets = new Uint32Array(seriesCount + 1);
  let total = 0;
  for (let series = 0; series < seriesCount; series += 1) {
    const count = source.varint();
    total += count;
    if (count === 0 || total > points) throw malformed("the counts of its series do not add up");
    offsets[series + 1] = total;
  }
  if (total !== points) throw malformed("the counts of its series do not add up");
  const steps = readIntegers(source, offsets, floats);
  const timestamps = readIntegers(source, offsets, floats);
  return { offsets, steps, timestamps, values: readValues(source, offsets, floats) };
}
