/**
 * The one query AST. MLflow's filter string and the pages' filter builder parse to it; Postgres and DuckDB each print it.
 * It carries more than MLflow's grammar (OR, NOT, IN, regular expressions, statistics other than the latest value).
 */
export type Expression =
  | { readonly kind: "and"; readonly operands: readonly Expression[] }
  | { readonly kind: "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | Comparison;

export type Comparison = {
  readonly kind: "comparison";
  readonly field: Field;
  readonly operator: Operator;
  /** Absent for IS NULL and IS NOT NULL; an array for IN and NOT IN. */
  readonly value?: string | number | readonly string[] | undefined;
};

export const operators = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "LIKE",
  "ILIKE",
  "IN",
  "NOT IN",
  "MATCHES",
  "IS NULL",
  "IS NOT NULL",
] as const;
export type Operator = (typeof operators)[number];

/** Which number of a metric series a field means; MLflow's grammar only knows `last`. */
export const metricAggregates = ["last", "min", "max", "mean", "first", "count"] as const;
export type MetricAggregate = (typeof metricAggregates)[number];

export type Field =
  | { readonly entity: "metric"; readonly key: string; readonly aggregate: MetricAggregate }
  | { readonly entity: "param"; readonly key: string }
  | { readonly entity: "tag"; readonly key: string }
  | { readonly entity: "attribute"; readonly key: string }
  | { readonly entity: "dataset"; readonly key: "name" | "digest" | "context" };

export interface OrderBy {
  readonly field: Field;
  readonly ascending: boolean;
}

export interface RunQuery {
  readonly experimentIds: readonly string[];
  readonly where?: Expression | undefined;
  readonly orderBy: readonly OrderBy[];
  readonly viewType: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";
  readonly limit: number;
  readonly pageToken?: string | undefined;
}
