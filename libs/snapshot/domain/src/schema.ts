/** What changes together: a change of one of these rewrites its rows in every table of its kind. */
export const entityKinds = ["experiment", "run", "logged_model", "model"] as const;
export type EntityKind = (typeof entityKinds)[number];

export type ColumnType =
  | "INTEGER"
  | "BIGINT"
  | "DOUBLE"
  | "VARCHAR"
  | "BOOLEAN"
  | "TIMESTAMPTZ"
  | "MAP(VARCHAR, VARCHAR)"
  | "VARCHAR[]";

export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly meaning: string;
}

export interface TableSchema {
  readonly name: string;
  readonly meaning: string;
  readonly kind: EntityKind;
  /** The column that numbers its entities; files of all tables but `metric_points` hold the numbers of one bucket. */
  readonly number: string;
  readonly order: readonly string[];
  readonly columns: readonly ColumnSchema[];
}

/** Grows with every change of a column that a reader could notice. A snapshot of another version is built anew. */
export const schemaVersion = 2;

function column(name: string, type: ColumnType, meaning: string): ColumnSchema {
  return { name, type, nullable: false, meaning };
}

function optional(name: string, type: ColumnType, meaning: string): ColumnSchema {
  return { name, type, nullable: true, meaning };
}

const runColumns = [
  column("experiment_id", "BIGINT", "Experiment of the run."),
  column("run_no", "INTEGER", "Number of the run: small, never used again, fast to filter and join by."),
  column("run_id", "VARCHAR", "Id of the run, as clients know it."),
];

const tagsColumn = column("tags", "MAP(VARCHAR, VARCHAR)", "Tags by key.");

const runs: TableSchema = {
  name: "runs",
  meaning: "One row per run that is not deleted.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "run_no"],
  columns: [
    ...runColumns,
    column("run_name", "VARCHAR", "Name of the run."),
    column("user_id", "VARCHAR", "Who started it."),
    column("status", "VARCHAR", "RUNNING, SCHEDULED, FINISHED, FAILED or KILLED."),
    column("start_time", "TIMESTAMPTZ", "When it started, to the millisecond."),
    optional("end_time", "TIMESTAMPTZ", "When it ended; null while it runs."),
    column("artifact_uri", "VARCHAR", "Where its artifacts lie."),
    column("params", "MAP(VARCHAR, VARCHAR)", "Params by key."),
    tagsColumn,
  ],
};

const params: TableSchema = {
  name: "params",
  meaning: "One row per run and param.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "run_no", "key"],
  columns: [
    ...runColumns,
    column("key", "VARCHAR", "Name of the param."),
    column("value", "VARCHAR", "Value as it was logged."),
    optional("value_num", "DOUBLE", "The value as a number, where the text is a finite decimal number."),
  ],
};

const tags: TableSchema = {
  name: "tags",
  meaning: "One row per run and tag.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "run_no", "key"],
  columns: [
    ...runColumns,
    column("key", "VARCHAR", "Name of the tag."),
    column("value", "VARCHAR", "Value of the tag."),
  ],
};

const datasets: TableSchema = {
  name: "datasets",
  meaning: "One row per run and dataset it took as input.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "run_no", "name", "digest"],
  columns: [
    ...runColumns,
    column("name", "VARCHAR", "Name of the dataset."),
    column("digest", "VARCHAR", "Digest of its content."),
    column("source_type", "VARCHAR", "Kind of its source."),
    column("source", "VARCHAR", "Its source, as it was logged."),
    optional("schema", "VARCHAR", "Its schema, as it was logged."),
    optional("profile", "VARCHAR", "Its profile, as it was logged."),
    optional("context", "VARCHAR", "What the run used it for: training, evaluation, ..."),
    column("tags", "MAP(VARCHAR, VARCHAR)", "Tags of the input by key."),
  ],
};

const runModels: TableSchema = {
  name: "run_models",
  meaning: "One row per run and logged model that it used or made.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "run_no", "direction", "model_id", "step"],
  columns: [
    ...runColumns,
    column("direction", "VARCHAR", "input: the run used the model; output: it made it."),
    column("model_id", "VARCHAR", "Id of the logged model, which may be deleted."),
    column("step", "BIGINT", "Step at which it was made; 0 for inputs."),
  ],
};

const pointOrder =
  "Points are a set: the same step, time and value logged twice is one point. NaN equals NaN, and -0 equals 0.";

const metricPoints: TableSchema = {
  name: "metric_points",
  meaning: `One row per metric point. ${pointOrder}`,
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "key", "run_no", "step", "ts"],
  columns: [
    ...runColumns,
    column("key", "VARCHAR", "Name of the metric."),
    column("step", "BIGINT", "Step, within ±(2^53 - 1)."),
    column("ts", "TIMESTAMPTZ", "Time of the point, to the millisecond."),
    column("value", "DOUBLE", "Value; NaN and infinities are kept as they are."),
    column("is_finite", "BOOLEAN", "Whether the value is neither NaN nor infinite."),
  ],
};

const extent = [
  column("n", "BIGINT", "Number of points."),
  column("n_nan", "BIGINT", "How many of them are NaN."),
  column("n_infinite", "BIGINT", "How many of them are infinite."),
  optional(
    "sum",
    "DOUBLE",
    "Float64 sum of all but NaN, its last bits as it was added up; null when there is nothing else.",
  ),
  optional("min", "DOUBLE", "Least value, NaN left out, infinities not."),
  optional("max", "DOUBLE", "Greatest value, NaN left out, infinities not."),
  column(
    "first",
    "DOUBLE",
    "Value of the first point: least step, then time, then value, NaN below all numbers.",
  ),
  column("last", "DOUBLE", "Value of the last point, in the same order."),
];

const metricSummary: TableSchema = {
  name: "metric_summary",
  meaning: "One row per run and metric, over all of its points.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "key", "run_no"],
  columns: [
    ...runColumns,
    column("key", "VARCHAR", "Name of the metric."),
    ...extent,
    optional("mean", "DOUBLE", "sum / (n - n_nan)."),
    optional("step_at_min", "BIGINT", "Least step that has the least value."),
    optional("step_at_max", "BIGINT", "Least step that has the greatest value."),
    column("first_step", "BIGINT", "Step of the first point."),
    column("first_ts", "TIMESTAMPTZ", "Time of the first point."),
    column("last_step", "BIGINT", "Step of the last point."),
    column("last_ts", "TIMESTAMPTZ", "Time of the last point."),
  ],
};

const metricRollup: TableSchema = {
  name: "metric_rollup",
  meaning:
    "Series of more than 5,000 points in at most 1,000 buckets of equal width (a power of two of steps), for charts. Empty buckets have no row.",
  kind: "run",
  number: "run_no",
  order: ["experiment_id", "key", "run_no", "step_from"],
  columns: [
    ...runColumns,
    column("key", "VARCHAR", "Name of the metric."),
    column("step_from", "BIGINT", "Least step of the bucket's points."),
    column("step_to", "BIGINT", "Greatest step of the bucket's points."),
    ...extent,
    column("first_ts", "TIMESTAMPTZ", "Time of the first point; its step is step_from."),
    column("last_ts", "TIMESTAMPTZ", "Time of the last point; its step is step_to."),
  ],
};

const experiments: TableSchema = {
  name: "experiments",
  meaning: "One row per experiment that is not deleted.",
  kind: "experiment",
  number: "experiment_id",
  order: ["experiment_id"],
  columns: [
    column("experiment_id", "BIGINT", "Id of the experiment."),
    column("name", "VARCHAR", "Its name."),
    column("artifact_location", "VARCHAR", "Where the artifacts of its runs lie."),
    column("creation_time", "TIMESTAMPTZ", "When it was made."),
    column("last_update_time", "TIMESTAMPTZ", "When it was changed last."),
    tagsColumn,
  ],
};

const loggedModels: TableSchema = {
  name: "logged_models",
  meaning: "One row per logged model that is not deleted.",
  kind: "logged_model",
  number: "model_no",
  order: ["experiment_id", "model_no"],
  columns: [
    column("experiment_id", "BIGINT", "Experiment of the model."),
    column("model_no", "INTEGER", "Number of the logged model, never used again."),
    column("model_id", "VARCHAR", "Id of the model, as clients know it."),
    column("name", "VARCHAR", "Its name."),
    column("artifact_uri", "VARCHAR", "Where its files lie."),
    column("creation_time", "TIMESTAMPTZ", "When it was made."),
    column("last_update_time", "TIMESTAMPTZ", "When it was changed last."),
    column("status", "VARCHAR", "Its state, in MLflow's words."),
    optional("status_message", "VARCHAR", "What was said about the state."),
    optional("model_type", "VARCHAR", "Kind of model."),
    optional("source_run_id", "VARCHAR", "Run that made it."),
    optional("creator_id", "VARCHAR", "Who made it."),
    column("params", "MAP(VARCHAR, VARCHAR)", "Params by key."),
    tagsColumn,
  ],
};

const loggedModelMetrics: TableSchema = {
  name: "logged_model_metrics",
  meaning: "The latest value of each metric that a run logged about a logged model, per dataset.",
  kind: "logged_model",
  number: "model_no",
  order: ["experiment_id", "model_no", "key", "run_no"],
  columns: [
    column("experiment_id", "BIGINT", "Experiment of the model."),
    column("model_no", "INTEGER", "Number of the logged model."),
    column("model_id", "VARCHAR", "Id of the model."),
    column("key", "VARCHAR", "Name of the metric."),
    column("run_no", "INTEGER", "Number of the run that logged it."),
    optional("dataset_name", "VARCHAR", "Dataset it was measured on."),
    optional("dataset_digest", "VARCHAR", "Digest of that dataset."),
    column("step", "BIGINT", "Step of the value."),
    column("ts", "TIMESTAMPTZ", "Time of the value."),
    column("value", "DOUBLE", "The value."),
  ],
};

const models: TableSchema = {
  name: "models",
  meaning: "One row per registered model.",
  kind: "model",
  number: "model_no",
  order: ["model_no"],
  columns: [
    column("model_no", "INTEGER", "Number of the model: stays when it is renamed."),
    column("name", "VARCHAR", "Its name."),
    optional("description", "VARCHAR", "What was written about it."),
    column("creator_id", "VARCHAR", "Who made it."),
    column("creation_time", "TIMESTAMPTZ", "When it was made."),
    column("last_update_time", "TIMESTAMPTZ", "When it was changed last."),
    column("last_version", "INTEGER", "Greatest number that a version of it ever had."),
    tagsColumn,
  ],
};

const modelVersions: TableSchema = {
  name: "model_versions",
  meaning: "One row per version of a registered model.",
  kind: "model",
  number: "model_no",
  order: ["model_no", "version"],
  columns: [
    column("model_no", "INTEGER", "Number of the model."),
    column("name", "VARCHAR", "Name of the model."),
    column("version", "INTEGER", "Number of the version."),
    column("stage", "VARCHAR", "None, Staging, Production or Archived."),
    optional("description", "VARCHAR", "What was written about it."),
    optional("creator_id", "VARCHAR", "Who made it."),
    column("creation_time", "TIMESTAMPTZ", "When it was made."),
    column("last_update_time", "TIMESTAMPTZ", "When it was changed last."),
    optional("source", "VARCHAR", "Where it came from, as its maker said it."),
    optional("storage_location", "VARCHAR", "Where its files are."),
    optional("run_id", "VARCHAR", "Run that made it."),
    optional("run_link", "VARCHAR", "Link to that run."),
    optional("logged_model_id", "VARCHAR", "Logged model it was made from."),
    column("status", "VARCHAR", "PENDING_REGISTRATION, FAILED_REGISTRATION or READY."),
    optional("status_message", "VARCHAR", "What was said about the state."),
    column("aliases", "VARCHAR[]", "Its aliases, in order."),
    tagsColumn,
  ],
};

/** Tables whose rows are read from Postgres as they are; the other three are made from points. */
export const copiedTables: readonly TableSchema[] = [
  experiments,
  runs,
  params,
  tags,
  datasets,
  runModels,
  loggedModels,
  loggedModelMetrics,
  models,
  modelVersions,
];

export const pointTables = { points: metricPoints, summary: metricSummary, rollup: metricRollup } as const;

export const tables: readonly TableSchema[] = [...copiedTables, metricSummary, metricRollup, metricPoints];
