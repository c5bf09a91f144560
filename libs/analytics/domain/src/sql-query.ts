/** A value bound to a parameter of a statement; never spliced into its text. A list serves `IN (SELECT unnest($p))`. */
export type SqlParameter = null | boolean | number | string | readonly SqlParameter[];

/** By place (`?`, `$1`) or by name (`$name`). */
export type SqlParameters = readonly SqlParameter[] | Readonly<Record<string, SqlParameter>>;

export const resultFormats = ["json", "csv", "arrow", "parquet"] as const;
export type ResultFormat = (typeof resultFormats)[number];

export interface SqlQuery {
  /** Chosen by the caller so that they can ask for progress or cancel before the first answer; else chosen here. */
  readonly id?: string;
  readonly sql: string;
  readonly params?: SqlParameters;
  /** The snapshot to read; the newest if absent. */
  readonly snapshot?: number;
  /** Also what was logged since the newest snapshot. */
  readonly tail?: boolean;
  readonly format: ResultFormat;
  /** Tighter limits than the caller's own. */
  readonly limits?: Partial<QueryLimits>;
  /** Whether it is kept in the caller's history; it is unless this says no. */
  readonly isRecorded?: boolean;
}

export interface QueryLimits {
  /** JSON stops here and says so; the other formats fail, because a file that lacks rows must not look whole. */
  readonly rows: number;
  readonly bytes: number;
  /** From the start of the work to the last byte taken by the reader. */
  readonly seconds: number;
}

export interface ResultColumn {
  readonly name: string;
  /** As DuckDB writes it: `BIGINT`, `VARCHAR[]`, `TIMESTAMP WITH TIME ZONE`. */
  readonly type: string;
}

export interface QuerySummary {
  readonly rows: number;
  readonly bytes: number;
  /** There were more rows than the limit (JSON only). */
  readonly truncated: boolean;
}

/** One step of how a statement is run; its children come before it. */
export interface PlanNode {
  readonly operator: string;
  /** As DuckDB estimates them. */
  readonly rows?: number;
  readonly details: Readonly<Record<string, readonly string[]>>;
  readonly children: readonly PlanNode[];
}

export type QueryProgress =
  | { readonly state: "waiting"; readonly ahead: number }
  /** `percent` is absent as long as DuckDB cannot tell. */
  | { readonly state: "running"; readonly percent?: number };

/** Its answer had begun by then, and was broken off: nothing in it could say why. */
export interface FailedQuery {
  readonly state: "failed";
  readonly error: unknown;
}

/** What an answer was read from. */
export interface AnsweredSnapshot {
  readonly number: number;
  readonly createdAt: Date;
  readonly ageSeconds: number;
  /** There if what was logged since is in the answer, up to this moment. */
  readonly tailUntil?: Date | undefined;
}

export interface QueryAnswer {
  readonly id: string;
  readonly columns: readonly ResultColumn[];
  readonly snapshot: AnsweredSnapshot;
  /** From the cache: the same statement was answered before from the same snapshot for the same view. */
  readonly cached: boolean;
  /** To be read once. Fails when the statement fails half-way, is cancelled or goes over a limit. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly done: Promise<QuerySummary>;
}
