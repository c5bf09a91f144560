import { printComparison, type StatementValues } from "@runweir/postgres";
import { type OrderTerm, printExpression } from "@runweir/sql";
import {
  type Comparison,
  type Expression,
  type Field,
  type MetricAggregate,
  type OrderBy,
  orderNameOf,
  type RunTableField,
} from "@runweir/tracking-domain";
import { attributeColumns } from "./attribute-columns.ts";

/** The run's own columns; `r` is tracking.run. */
const attributes = attributeColumns("a run", {
  run_id: { column: "r.run_id", type: "text" },
  run_name: { column: "r.run_name", type: "text" },
  user_id: { column: "r.user_id", type: "text" },
  status: { column: "r.status", type: "text" },
  start_time: { column: "r.start_time", type: "bigint" },
  end_time: { column: "r.end_time", type: "bigint", nullable: true },
  artifact_uri: { column: "r.artifact_uri", type: "text" },
  experiment_id: { column: "r.experiment_id", type: "bigint" },
  lifecycle_stage: { column: "r.lifecycle_stage", type: "text" },
});

/** Which runs: of these experiments, in these stages, where the expression holds. */
export function printRunCondition(
  query: {
    readonly workspace: string;
    readonly experimentIds: readonly string[];
    readonly viewType: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";
    readonly where?: Expression | undefined;
  },
  values: StatementValues,
): string {
  const [only, ...others] = query.experimentIds;
  const conditions = [
    // A single id keeps the order of the index; a list would not.
    others.length === 0
      ? `r.experiment_id = ${values.add(only)}::bigint`
      : `r.experiment_id = ANY (${values.add(query.experimentIds)}::bigint[])`,
    `r.workspace = ${values.add(query.workspace)}`,
  ];
  if (query.viewType !== "ALL")
    conditions.push(`r.lifecycle_stage = '${query.viewType === "ACTIVE_ONLY" ? "active" : "deleted"}'`);
  if (query.where)
    conditions.push(printExpression(query.where, (one: Comparison) => printRunComparison(one, values)));
  return conditions.join(" AND ");
}

function printRunComparison(comparison: Comparison, values: StatementValues): string {
  const { field } = comparison;
  switch (field.entity) {
    case "attribute":
      return attributes.compare(field.key, comparison, values);
    case "metric": {
      const column = columnOf(field.aggregate, "s");
      const keyId = `(SELECT key_id FROM tracking.metric_key WHERE key = ${values.add(field.key)})`;
      return `EXISTS (SELECT FROM tracking.metric_series s WHERE s.run_no = r.run_no AND s.key_id = ${keyId} AND ${printComparison(column, "float8", comparison, values)})`;
    }
    case "param":
    case "tag": {
      const place = `FROM tracking.run_${field.entity} s WHERE s.run_no = r.run_no AND s.key = ${values.add(field.key)}`;
      if (comparison.operator === "IS NULL") return `NOT EXISTS (SELECT ${place})`;
      if (comparison.operator === "IS NOT NULL") return `EXISTS (SELECT ${place})`;
      // What the index knows is the beginning of the value.
      const indexed =
        comparison.operator === "="
          ? ` AND left(s.value, 100) = left(${values.add(comparison.value)}, 100)`
          : "";
      return `EXISTS (SELECT ${place}${indexed} AND ${printComparison("s.value", "text", comparison, values)})`;
    }
    case "dataset": {
      const column = field.key === "context" ? "i.context" : `d.${field.key}`;
      return `EXISTS (SELECT FROM tracking.run_dataset i JOIN tracking.dataset d USING (dataset_no) WHERE i.run_no = r.run_no AND ${printComparison(column, "text", comparison, values)})`;
    }
  }
}

/** One value of a run's; `r` is tracking.run. Looked up by the primary key of where it lies. */
export function printRunValue(field: RunTableField, values: StatementValues): string {
  if (field.entity === "attribute") {
    const { expression } = attributes.order(field.key, true);
    return field.key === "experiment_id" ? `${expression}::text` : expression;
  }
  const key = values.add(field.key);
  return field.entity === "metric"
    ? `(SELECT ${columnOf(field.aggregate, "s")} FROM tracking.metric_series s WHERE s.run_no = r.run_no
        AND s.key_id = (SELECT key_id FROM tracking.metric_key WHERE key = ${key}))`
    : `(SELECT s.value FROM tracking.run_${field.entity} s WHERE s.run_no = r.run_no AND s.key = ${key})`;
}

/** What a statistic is called in tracking.metric_series, here `alias`. */
function columnOf(aggregate: MetricAggregate, alias: string): string {
  switch (aggregate) {
    case "last":
    case "first":
      return `${alias}.${aggregate}_value`;
    case "mean":
      return `(${alias}.sum / nullif(${alias}.count - ${alias}.nan_count, 0))`;
    case "count":
      return `${alias}.count::float8`;
    case "min":
    case "max":
      return `${alias}.${aggregate}`;
  }
}

export interface RunOrder {
  readonly joins: string;
  readonly terms: readonly OrderTerm[];
}

/** The order of a run search; ties go by start, latest first, then by id, as in MLflow. */
export function printRunOrder(orderBy: readonly OrderBy[], values: StatementValues): RunOrder {
  const joins: string[] = [];
  const terms = orderBy.map(({ field, ascending }, i): OrderTerm => {
    if (field.entity === "attribute") return attributes.order(field.key, ascending);
    const { join, column, type } = joinOf(field, `o${i}`, values);
    joins.push(join);
    return { name: orderNameOf(field), expression: column, type, ascending, nullable: true };
  });
  return {
    joins: joins.join(" "),
    terms: [
      ...terms,
      { name: "start_time", expression: "r.start_time", type: "bigint", ascending: false, nullable: false },
      { name: "run_id", expression: "r.run_id", type: "text", ascending: true, nullable: false },
    ],
  };
}

function joinOf(
  field: Exclude<Field, { entity: "attribute" }>,
  alias: string,
  values: StatementValues,
): { join: string; column: string; type: "text" | "float8" } {
  const key = values.add(field.key);
  switch (field.entity) {
    case "metric":
      return {
        join: `LEFT JOIN tracking.metric_series ${alias} ON ${alias}.run_no = r.run_no AND ${alias}.key_id = (SELECT key_id FROM tracking.metric_key WHERE key = ${key})`,
        column: columnOf(field.aggregate, alias),
        type: "float8",
      };
    case "param":
    case "tag":
      return {
        join: `LEFT JOIN tracking.run_${field.entity} ${alias} ON ${alias}.run_no = r.run_no AND ${alias}.key = ${key}`,
        column: `${alias}.value`,
        type: "text",
      };
    case "dataset":
      throw new Error("Runs are not ordered by their datasets: a run may have several.");
  }
}
