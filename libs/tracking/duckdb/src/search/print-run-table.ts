import type { RunTableField, RunTableRequest, SnapshotQuestion } from "@runweir/tracking-domain";
import { NamedValues } from "./named-values.ts";
import { printExperiments, printRunCondition } from "./print-run-condition.ts";
import { findAttribute, printValue, tableOf } from "./run-columns.ts";

type Keyed = Exclude<RunTableField, { entity: "attribute" }>;

/** Columns: how many runs there are, `run_id`, `run_name`, and those asked for. */
export function printRunTable({ experimentIds, where, columns, limit }: RunTableRequest): SnapshotQuestion {
  const values = new NamedValues();
  const experiments = printExperiments(experimentIds, values);
  const own = columns.flatMap((column, i) =>
    column.entity === "attribute" ? [`, ${printAttribute(column.key)} AS value_${i}`] : [],
  );
  const condition = printRunCondition(where, experiments, values);
  const joins = (["metric", "param", "tag"] as const).map((entity) =>
    printPivot(entity, columns, experiments, values),
  );
  // The runs are chosen first; values are read of those in the table alone.
  return {
    sql: `WITH matched AS MATERIALIZED (
        SELECT r.run_no, r.run_id, r.run_name, r.start_time ${own.join("")} FROM runs r WHERE ${condition}
      ), chosen AS MATERIALIZED (
        SELECT * FROM matched ORDER BY start_time DESC, run_id LIMIT ${values.add(limit)}::BIGINT
      )
      SELECT (SELECT count(*) FROM matched) AS total, c.run_id, c.run_name
        ${columns.map((_, i) => `, value_${i}`).join("")}
      FROM chosen c ${joins.join(" ")} ORDER BY c.start_time DESC, c.run_id`,
    params: values.params,
  };
}

function printAttribute(key: string): string {
  const { expression } = findAttribute(key);
  return key === "experiment_id" ? `${expression}::VARCHAR` : expression;
}

/** The columns of one entity in one pass over its table, however many there are. */
function printPivot(
  entity: Keyed["entity"],
  columns: readonly RunTableField[],
  experiments: string,
  values: NamedValues,
): string {
  const keys = new Map<string, string>();
  const keyOf = (key: string): string => {
    const found = keys.get(key) ?? `${values.add(key)}::VARCHAR`;
    keys.set(key, found);
    return found;
  };
  const cells = columns.flatMap((column, i) =>
    column.entity === entity
      ? [`any_value(${printValue(column)}) FILTER (WHERE s.key = ${keyOf(column.key)}) AS value_${i}`]
      : [],
  );
  if (cells.length === 0) return "";
  return `LEFT JOIN (
      SELECT s.run_no, ${cells.join(", ")} FROM ${tableOf[entity]} s SEMI JOIN chosen USING (run_no)
      WHERE s.experiment_id IN ${experiments} AND s.key IN (${[...keys.values()].join(", ")}) GROUP BY s.run_no
    ) of_${entity} USING (run_no)`;
}
