export {
  createDeadLetterStore,
  type DeadLetterFilter,
  type DeadLetterHead,
  type DeadLetterStore,
} from "./dead-letters/dead-letter-store.ts";
export { type DeadLetterContent, describeDeadLetter } from "./dead-letters/describe-dead-letter.ts";
export { type ReplayOutcome, replayDeadLetter } from "./dead-letters/replay-dead-letter.ts";
export { createTrackingImport } from "./import/tracking-import.ts";
export type { InboundProducer } from "./inbound/inbound-producer.ts";
export { createInboundStore } from "./inbound/inbound-store.ts";
export { createNameCounter } from "./metrics/count-names.ts";
export { createDirectLog, type DirectLogOptions } from "./metrics/direct-log.ts";
export { type MetricMaintenanceOptions, startMetricMaintenance } from "./metrics/metric-maintenance.ts";
export { createMetricReader } from "./metrics/metric-reader.ts";
export { createAppliedState, createSegmentStore } from "./metrics/segment-store.ts";
export { trackingMigrations } from "./migrations-folder.ts";
export { createArtifactPlaces } from "./store/artifact-places.ts";
export { createChangeFeed } from "./store/change-feed.ts";
export { countTracked } from "./store/count-tracked.ts";
export { ensureDefaultExperiment } from "./store/default-experiment.ts";
export { findExperimentNumbers } from "./store/find-experiment-numbers.ts";
export { createOwnershipStore } from "./store/ownership-store.ts";
export { resetTracking } from "./store/reset-tracking.ts";
export { createTrackingStore } from "./store/tracking-store.ts";
export { createTrackingTransactions } from "./store/tracking-transactions.ts";
