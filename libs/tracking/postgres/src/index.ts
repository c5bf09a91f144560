export {
  type Applied,
  applySegments,
  type IncomingSegment,
  type SourcePosition,
} from "./metrics/apply-segments.ts";
export { createDirectMetricLog, type DirectMetricLogOptions } from "./metrics/direct-metric-log.ts";
export { type MetricMaintenanceOptions, startMetricMaintenance } from "./metrics/metric-maintenance.ts";
export { createMetricReader } from "./metrics/metric-reader.ts";
export { resetMetrics } from "./metrics/reset-metrics.ts";
