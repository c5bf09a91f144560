export type { CallerView, ViewPolicy } from "./caller-view.ts";
export { type HistoryRecorder, recordHistory } from "./history/history-recorder.ts";
export {
  type HistoryEntry,
  type HistoryOutcome,
  historyMax,
  type QueryHistoryStore,
  type StoredHistoryEntry,
} from "./history/query-history.ts";
export { withHistory } from "./history/with-history.ts";
export { type EndedQuery, observeQueries } from "./observe-queries.ts";
export type { FigureDefinition, FigureKind, PanelQuery } from "./panel/panel-query.ts";
export type { EngineFormat, EngineHeader, EngineRequest, EngineRun, QueryEngine } from "./query-engine.ts";
export { limitsOfRole } from "./query-limits.ts";
export {
  createQueryService,
  type QueryPlan,
  type QueryService,
  type QueryServiceOptions,
} from "./query-service.ts";
export { readRows } from "./read-rows.ts";
export { guardSavedQueries } from "./saved/guard-saved-queries.ts";
export { createSavedQueries, type SavedQueries, savedQueriesMax } from "./saved/saved-queries.ts";
export {
  type QueryDraft,
  type QueryLink,
  type QueryParameter,
  type QueryParameterType,
  queryParameterTypes,
  type SavedQuery,
} from "./saved/saved-query.ts";
export type { SavedQueryStore } from "./saved/saved-query-store.ts";
export type { OpenSnapshot, SnapshotChoice, SnapshotFiles, SnapshotSource } from "./snapshot-files.ts";
export type {
  AnsweredSnapshot,
  PlanNode,
  QueryAnswer,
  QueryLimits,
  QueryProgress,
  QuerySummary,
  ResultColumn,
  ResultFormat,
  SqlParameter,
  SqlParameters,
  SqlQuery,
} from "./sql-query.ts";
export { positionOfByte, StatementError, type StatementPosition } from "./statement-error.ts";
