export { type Chunk, decodeChunk, encodeChunk } from "./chunk.ts";
export type { AppendOutcome, MetricLog } from "./metric-log.ts";
export type { PointBatch, SeriesPoints } from "./point-batch.ts";
export { decodeSegment, encodeSegment, type Segment } from "./segment.ts";
export { blockPointsMax, pointsOfSeries, type SeriesBlock } from "./series-block.ts";
export type { Point, SeriesStatistics } from "./series-statistics.ts";
export { shardCount, shardOf } from "./shard-of.ts";
