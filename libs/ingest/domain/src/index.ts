export type { AppendOutcome, MetricLog } from "./metric-log.ts";
export type { PointBatch, SeriesPoints } from "./point-batch.ts";
export type { Point, SeriesStatistics } from "./series-statistics.ts";
