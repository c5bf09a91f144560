export { type ChunkExtent, chooseMerge } from "./choose-merge.ts";
export { type Chunk, decodeChunk, encodeChunk, seriesInChunk } from "./chunk.ts";
export { ChunkCache } from "./chunk-cache.ts";
export { ColumnMemory, type Floats, spareColumns } from "./column-memory.ts";
export { compareValues } from "./compare-values.ts";
export { crc32c } from "./crc32c.ts";
export { type NewChunk, settledTier } from "./cut-chunks.ts";
export type { Delivery, DeliveryOutcome, HeldPartition, LogPlace } from "./delivery.ts";
export { firstNotBelow } from "./first-not-below.ts";
export {
  type FoldedSegments,
  type FoldSource,
  foldedUpTo,
  foldSegments,
  type SeriesPlace,
  type SeriesStretch,
  type SeriesSummary,
  seriesName,
} from "./fold-segments.ts";
export { foldSeries, lateSeries, stepRange } from "./fold-series.ts";
export { foldStatistics, type Summary } from "./fold-statistics.ts";
export { decodePending, gatherSeries } from "./gather-series.ts";
export { createGroupAppender, type GroupAppender, type RecordSender } from "./group-appender.ts";
export type {
  Applied,
  DeadLetter,
  DeadLetterReason,
  IncomingSegment,
  RunPointCount,
  SegmentOutcome,
  SourceStretch,
} from "./incoming-segment.ts";
export { deadLetterReasons } from "./incoming-segment.ts";
export { checkPoints, runsPerRequestMax } from "./ingestion/check-request.ts";
export { createIngestion } from "./ingestion/create-ingestion.ts";
export { guardIngestion } from "./ingestion/guard-ingestion.ts";
export type { Ingestion, PlaceName, PointColumn, RunPoints, RunReceipt } from "./ingestion/ingestion.ts";
export { findNameFault, type NameFault, nameLengthMax } from "./ingestion/name-fault.ts";
export { splitPoints } from "./ingestion/split-points.ts";
export type { AppliedPosition, Authors, LeaderTerm } from "./leader-terms.ts";
export { createLogConsumer } from "./log-consumer.ts";
export type { LogEdges, PartitionEdges, PartitionEnd } from "./log-edges.ts";
export { createLogFront, type OutgoingSegment } from "./log-front.ts";
export { digestOf, type LogRecord, segmentReader } from "./log-record.ts";
export type { LogReader, LogStore, PartitionClaim, ReadRecord } from "./log-store.ts";
export type {
  Acknowledgement,
  AppendReceipt,
  AppendRequest,
  LogPosition,
  LogTransport,
  SenderPosition,
} from "./log-transport.ts";
export { mergeChunks } from "./merge-chunks.ts";
export { createNameMemory, type NameMemory } from "./name-memory.ts";
export { orderByTime } from "./order-by-time.ts";
export {
  type AppliedStretch,
  type ApplyLimits,
  createPartitionApplier,
  type PartitionApplierOptions,
} from "./partition-applier.ts";
export type { PointBatch, SeriesPoints } from "./point-batch.ts";
export {
  comparePoints,
  joinPoints,
  noPoints,
  slicePoints,
  subtractPoints,
  takePoints,
  toPointSet,
} from "./point-set.ts";
export { createQuotas, type QuotaOptions } from "./quota/create-quotas.ts";
export type { NameCounter, QuotaLimits, QuotaReason, Quotas } from "./quota/quotas.ts";
export { withQuotas } from "./quota/with-quotas.ts";
export { createReadBarrier, type ReadBarrierOptions } from "./read-barrier.ts";
export { type ReducedSeries, reduceSeries } from "./reduce-series.ts";
export { sampleSteps } from "./sample-steps.ts";
export { decodeSegment, encodeSegment, peekNames, type Segment } from "./segment.ts";
export type { AppliedState, SegmentStore } from "./segment-store.ts";
export { blockPointsMax, pointsOfSeries, type SeriesBlock } from "./series-block.ts";
export type { Point, SeriesStatistics } from "./series-statistics.ts";
export { shardCount, shardOf } from "./shard-of.ts";
export { uniteChunks } from "./unite-chunks.ts";
export { unitePoints } from "./unite-points.ts";
