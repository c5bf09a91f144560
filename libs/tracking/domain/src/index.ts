export { createRunAnalyses } from "./analysis/create-run-analyses.ts";
export { type Forest, type ForestRequest, growForest } from "./analysis/forest/grow-forest.ts";
export type { GroupCurveReader } from "./analysis/group-curve-reader.ts";
export {
  type GroupCurve,
  type GroupCurves,
  type GroupCurvesRequest,
  type GroupQuantile,
  groupQuantiles,
  groupsMax,
} from "./analysis/group-curves.ts";
export type { Importance, ImportanceRequest, ParamImportance } from "./analysis/importance.ts";
export { isForSnapshot } from "./analysis/is-for-snapshot.ts";
export type { RunAnalyses } from "./analysis/run-analyses.ts";
export type { AnalysisSource, RunSet } from "./analysis/run-set.ts";
export type { RunTable, RunTableField, RunTableRequest } from "./analysis/run-table.ts";
export { runTableService } from "./analysis/run-table-service.ts";
export type { SnapshotPath, SnapshotRuns } from "./analysis/snapshot-runs.ts";
export type {
  SnapshotCurrency,
  SnapshotQuestion,
  SnapshotRows,
  SnapshotSql,
  SnapshotSqlValue,
} from "./analysis/snapshot-sql.ts";
export type { Change, ChangeFeed } from "./change-feed.ts";
export type { ChartAxis, ChartRequest, ChartSeries } from "./chart-series.ts";
export type { Dataset, DatasetInput, DatasetSummary } from "./dataset.ts";
export type { LastSequence } from "./delivery/assess-delivery.ts";
export {
  type ClientDelivery,
  type Delivery,
  type DeliveryCertificate,
  type DeliveryCount,
  type DeliveryLedger,
  type DeliveryState,
  deliveryStates,
  type RejectedBatch,
  type SequenceRange,
} from "./delivery/delivery.ts";
export { createRunDigest, type RunDigest } from "./delivery/run-digest.ts";
export type { Experiment, LifecycleStage, Page, Tag, ViewType } from "./experiment.ts";
export { experimentGrammar } from "./filter/experiment-grammar.ts";
export {
  type Grammar,
  listOperators,
  numericOperators,
  textOperators,
} from "./filter/grammar.ts";
export { orderNameOf } from "./filter/order-name.ts";
export { parseFilter } from "./filter/parse-filter.ts";
export { parseOrderBy } from "./filter/parse-order-by.ts";
export { runAttributes, runGrammar } from "./filter/run-grammar.ts";
export { createExperimentGate, type ExperimentGate } from "./guard/experiment-gate.ts";
export { guardAnalyses } from "./guard/guard-analyses.ts";
export { guardTracking } from "./guard/guard-tracking.ts";
export { namesApart } from "./guard/names-apart.ts";
export type { OwnershipStore } from "./guard/ownership-store.ts";
export { type ChangeSight, seeChanges } from "./guard/see-changes.ts";
export { trackingAudit } from "./guard/tracking-audit.ts";
export {
  type LoggedModel,
  type LoggedModelMetric,
  type LoggedModelStatus,
  loggedModelStatuses,
} from "./logged-model.ts";
export type { MetricReader } from "./metric-reader.ts";
export {
  type Comparison,
  type Expression,
  type Field,
  type MetricAggregate,
  metricAggregates,
  type Operator,
  type OrderBy,
  operators,
  type RunQuery,
} from "./query.ts";
export {
  hasEnded,
  type LatestMetric,
  type MetricInput,
  type ModelInput,
  type ModelOutput,
  type Param,
  type Run,
  type RunInfo,
  type RunStatus,
  runStatuses,
} from "./run.ts";
export { applyRunEvent } from "./service/apply-run-event.ts";
export { createTracking } from "./service/create-tracking.ts";
export type { TrackingDependencies } from "./service/dependencies.ts";
export type {
  KeyCatalog,
  RunCounts,
  SearchLoggedModelsInput,
  SearchRunsInput,
  Tracking,
} from "./tracking.ts";
export type { ImportedRun, ImportOutcome, PlacedExperiment, TrackingImport } from "./tracking-import.ts";
export type {
  ExperimentStore,
  LoggedModelOrder,
  LoggedModelStore,
  NewExperiment,
  RunStore,
  StoredMetric,
  StoredRun,
  TrackingStore,
} from "./tracking-store.ts";
export { requireName } from "./validation/check-name.ts";
export { invalidValue, requireText } from "./validation/check-text.ts";
export { limits as trackingLimits } from "./validation/limits.ts";
