import type { CallerView } from "./caller-view.ts";
import type { SnapshotFiles } from "./snapshot-files.ts";
import type {
  QueryLimits,
  QueryProgress,
  QuerySummary,
  ResultColumn,
  ResultFormat,
  SqlParameters,
} from "./sql-query.ts";

/** `plan`: how the statement would be run, as JSON, instead of its rows. */
export type EngineFormat = ResultFormat | "plan";

export interface EngineRequest {
  /** Whose turn it is: no owner holds every worker while others wait. */
  readonly owner: string;
  /** What named views say where they name it. */
  readonly workspace: string;
  readonly sql: string;
  readonly params: SqlParameters;
  readonly format: EngineFormat;
  readonly limits: QueryLimits;
  readonly files: SnapshotFiles;
  readonly experiments: CallerView["experiments"];
  /** Equal for requests that see the same rows of the same files, and only for those. */
  readonly viewKey: string;
}

export interface EngineHeader {
  readonly columns: readonly ResultColumn[];
  /** The statement asks for the time or for chance: the next answer may differ. */
  readonly volatile: boolean;
}

export interface EngineRun {
  readonly header: Promise<EngineHeader>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly done: Promise<QuerySummary>;
  progress(): QueryProgress;
  /** Returns at once; header, body and done fail with this error if they have not ended. */
  cancel(error: Error): void;
}

/** Runs statements of strangers. Whatever a statement does, the engine stays. */
export interface QueryEngine {
  start(request: EngineRequest): EngineRun;
}
