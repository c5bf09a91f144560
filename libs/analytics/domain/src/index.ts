export type { CallerView, ViewPolicy } from "./caller-view.ts";
export type { EngineHeader, EngineRequest, EngineRun, QueryEngine } from "./query-engine.ts";
export { limitsOfRole } from "./query-limits.ts";
export { createQueryService, type QueryService, type QueryServiceOptions } from "./query-service.ts";
export { readRows } from "./read-rows.ts";
export type { OpenSnapshot, SnapshotFiles, SnapshotSource } from "./snapshot-files.ts";
export type {
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
