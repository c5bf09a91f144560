import { quote } from "../print-columns.ts";

/** A question to the tables of a snapshot that has a name, so that it can be asked like a table. */
export interface CompatibilityView {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly meaning: string;
  }[];
  /** A SELECT over the tables of a workspace, to be created as a view above them. */
  sql(workspace: string): string;
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** Undefined where it is the workspace itself. */
  readonly from: string | undefined;
  readonly meaning: string;
}

function column(name: string, type: string, from: string | undefined, meaning: string): Column {
  return { name, type, from, meaning };
}

const place = [
  column("account_id", "VARCHAR", "'runweir'", "Always 'runweir': an installation is one account."),
  column("workspace_id", "VARCHAR", undefined, "Name of the workspace that all rows are of."),
];
const deleted = column(
  "delete_time",
  "TIMESTAMPTZ",
  "NULL::TIMESTAMPTZ",
  "Always null: what is deleted is not in a snapshot.",
);
const experimentId = column(
  "experiment_id",
  "VARCHAR",
  "experiment_id::VARCHAR",
  "Experiment, as text; filter the tables of the snapshot by number where speed matters.",
);
const aggregated =
  "STRUCT(metric_name VARCHAR, latest_value DOUBLE, min_value DOUBLE, max_value DOUBLE)[]" as const;

function view(
  name: string,
  meaning: string,
  from: string,
  nullable: readonly string[],
  columns: readonly Column[],
): CompatibilityView {
  return {
    name,
    meaning,
    columns: columns.map((one) => ({
      name: one.name,
      type: one.type,
      nullable: nullable.includes(one.name),
      meaning: one.meaning,
    })),
    sql: (workspace) =>
      `SELECT ${columns.map((one) => `${one.from ?? quote(workspace)} AS ${one.name}`).join(", ")} FROM ${from}`,
  };
}

/**
 * The names and columns of Databricks' `system.mlflow` tables, so that SQL and dashboards written for those go on here.
 */
export const compatibilityViews: readonly CompatibilityView[] = [
  view(
    "experiments_latest",
    "One row per experiment, in the columns of system.mlflow.experiments_latest.",
    "experiments",
    ["delete_time"],
    [
      ...place,
      column("update_time", "TIMESTAMPTZ", "last_update_time", "When it was changed last."),
      deleted,
      experimentId,
      column("name", "VARCHAR", "name", "Its name."),
      column("create_time", "TIMESTAMPTZ", "creation_time", "When it was made."),
    ],
  ),
  view(
    "runs_latest",
    "One row per run with params, tags and the extremes of its metrics, in the columns of system.mlflow.runs_latest.",
    `runs LEFT JOIN (
      SELECT run_no, list(struct_pack(metric_name := key, latest_value := last, min_value := min, max_value := max) ORDER BY key)
        AS metrics
      FROM metric_summary GROUP BY run_no
    ) m USING (run_no)`,
    ["delete_time", "end_time"],
    [
      ...place,
      column(
        "update_time",
        "TIMESTAMPTZ",
        "coalesce(end_time, start_time)",
        "When it ended or, while it runs, began.",
      ),
      deleted,
      column("run_id", "VARCHAR", "run_id", "Id of the run."),
      experimentId,
      column("created_by", "VARCHAR", "user_id", "Who started it."),
      column("start_time", "TIMESTAMPTZ", "start_time", "When it started."),
      column("end_time", "TIMESTAMPTZ", "end_time", "When it ended; null while it runs."),
      column("run_name", "VARCHAR", "run_name", "Its name."),
      column("status", "VARCHAR", "status", "RUNNING, SCHEDULED, FINISHED, FAILED or KILLED."),
      column("params", "MAP(VARCHAR, VARCHAR)", "params", "Params by key."),
      column("tags", "MAP(VARCHAR, VARCHAR)", "tags", "Tags by key."),
      column(
        "aggregated_metrics",
        aggregated,
        `coalesce(metrics, []::${aggregated})`,
        "Last, least and greatest value of each metric; extremes leave NaN out.",
      ),
    ],
  ),
  view(
    "run_metrics_history",
    "One row per metric point, in the columns of system.mlflow.run_metrics_history.",
    "metric_points",
    [],
    [
      ...place,
      column("insert_time", "TIMESTAMPTZ", "ts", "The time of the point: when it arrived is not kept."),
      column(
        "record_id",
        "VARCHAR",
        "md5(concat_ws('|', run_id, md5(key), step, epoch_ms(ts), value))",
        "Different for every point, and always the same for the same.",
      ),
      experimentId,
      column("run_id", "VARCHAR", "run_id", "Id of the run."),
      column("metric_id", "VARCHAR", "md5(concat_ws('|', run_id, key))", "Different for every series."),
      column("metric_name", "VARCHAR", "key", "Name of the metric."),
      column("metric_time", "TIMESTAMPTZ", "ts", "Time of the point."),
      column("metric_step", "BIGINT", "step", "Step of the point."),
      column("metric_value", "DOUBLE", "value", "Value of the point."),
    ],
  ),
];
