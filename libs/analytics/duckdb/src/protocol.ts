import type {
  EngineFormat,
  QueryLimits,
  QuerySummary,
  ResultColumn,
  SqlParameters,
  StatementPosition,
} from "@runweir/analytics-domain";
import type { ErrorCode } from "@runweir/errors";

/** A table that is a question to the others. */
export interface NamedView {
  readonly name: string;
  readonly sql: string;
}

/** What a worker opens before it runs a statement, unless it has it open already. */
export interface DatabaseRequest {
  readonly key: string;
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly experiments: "all" | readonly number[];
  readonly hidden: readonly number[];
  readonly views: readonly NamedView[];
  readonly threads: number;
  readonly memoryMegabytes: number;
  readonly spillMegabytes: number;
}

export interface RunRequest {
  readonly sql: string;
  readonly params: SqlParameters;
  readonly format: EngineFormat;
  readonly limits: QueryLimits;
  readonly database: DatabaseRequest;
  /** It ran out of memory before: work in smaller pieces. */
  readonly divided: boolean;
}

/** To the worker, over the channel of the process. Result bytes come back over a pipe of their own. */
export type ToWorker =
  | { readonly kind: "run"; readonly request: RunRequest }
  | { readonly kind: "interrupt" };

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly reason: string;
  readonly field?: string | undefined;
  readonly position?: StatementPosition | undefined;
  /** For the log only: DuckDB's own words where they must not be told. */
  readonly detail?: string | undefined;
}

/** `spent`: the worker is not to be used again. `retry`: a process that has done nothing yet may do what this one could not. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "header"; readonly columns: readonly ResultColumn[]; readonly volatile: boolean }
  | { readonly kind: "progress"; readonly percent: number }
  | { readonly kind: "done"; readonly summary: QuerySummary; readonly spent: boolean }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      readonly bytes: number;
      readonly spent: boolean;
      /** "fresh": as it is, or "divided": in smaller pieces of work. */
      readonly retry?: "fresh" | "divided" | undefined;
    };

/** The pipe for results: the first one after stdin, stdout, stderr and the channel. */
export const resultDescriptor = 4;
