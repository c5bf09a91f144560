export { formatLogLine } from "./format-log-line.ts";
export { createLogger, type Logger, type LogLevel, logLevels } from "./logger.ts";
export { createMetrics, type Metrics, type PoolCounts } from "./metrics.ts";
export { acceptRequestId, newRequestId } from "./request-id.ts";
export { noTracing, type OpenSpan, type SpanOptions, startTracing, type Tracing } from "./tracing.ts";
