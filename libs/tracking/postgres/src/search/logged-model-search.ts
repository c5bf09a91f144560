import { printComparison, type StatementValues } from "@runweir/postgres";
import { type OrderTerm, printExpression } from "@runweir/sql";
import type { Comparison, Expression, LoggedModelOrder } from "@runweir/tracking-domain";
import { attributeColumns } from "./attribute-columns.ts";

/** The model's own columns; `m` is tracking.logged_model. */
const attributes = attributeColumns("a logged model", {
  name: { column: "m.name", type: "text" },
  model_id: { column: "m.model_id", type: "text" },
  model_type: { column: "m.model_type", type: "text", nullable: true },
  status: { column: "m.status", type: "text" },
  source_run_id: { column: "m.source_run_id", type: "text", nullable: true },
  experiment_id: { column: "m.experiment_id", type: "bigint" },
  creation_time: { column: "m.creation_time", type: "bigint" },
  last_update_time: { column: "m.last_update_time", type: "bigint" },
});

type DatasetFilter = { readonly name: string; readonly digest?: string | undefined };

/** Metric comparisons count metrics logged on one of these datasets, or any metric when there are none. */
export function printModelCondition(
  where: Expression,
  datasets: readonly DatasetFilter[],
  values: StatementValues,
): string {
  return printExpression(where, (comparison: Comparison) => printOne(comparison, datasets, values));
}

function printOne(
  comparison: Comparison,
  datasets: readonly DatasetFilter[],
  values: StatementValues,
): string {
  const { field } = comparison;
  switch (field.entity) {
    case "attribute":
      return attributes.compare(field.key, comparison, values);
    case "metric":
      return `EXISTS (SELECT FROM tracking.logged_model_metric s WHERE s.model_no = m.model_no AND s.key = ${values.add(field.key)}${printDatasets("s", datasets, values)} AND ${printComparison("s.value", "float8", comparison, values)})`;
    case "param":
    case "tag":
      return `EXISTS (SELECT FROM tracking.logged_model_${field.entity} s WHERE s.model_no = m.model_no AND s.key = ${values.add(field.key)} AND ${printComparison("s.value", "text", comparison, values)})`;
    case "dataset":
      throw new Error("Logged models are searched by dataset through their metrics only.");
  }
}

/** Only metrics on one of the datasets; nothing when any will do. */
export function printDatasets(
  alias: string,
  datasets: readonly DatasetFilter[],
  values: StatementValues,
): string {
  if (datasets.length === 0) return "";
  const each = datasets.map(({ name, digest }) => {
    const byName = `${alias}.dataset_name = ${values.add(name)}`;
    return digest ? `(${byName} AND ${alias}.dataset_digest = ${values.add(digest)})` : byName;
  });
  return ` AND (${each.join(" OR ")})`;
}

/** Newest first unless told; ties by creation, newest first, then by id. */
export function printModelOrder(
  orderBy: readonly LoggedModelOrder[],
  values: StatementValues,
): { readonly joins: string; readonly terms: readonly OrderTerm[] } {
  const joins: string[] = [];
  const terms = orderBy.map(({ field, ascending, dataset }, i): OrderTerm => {
    if (field.entity !== "metric") return attributes.order(field.key, ascending);
    const onDataset = printDatasets("s", dataset ? [dataset] : [], values);
    // Of several values (runs, datasets) the one logged last counts.
    joins.push(`LEFT JOIN LATERAL (
      SELECT s.value FROM tracking.logged_model_metric s WHERE s.model_no = m.model_no AND s.key = ${values.add(field.key)}${onDataset}
      ORDER BY s.timestamp DESC, s.step DESC, s.value DESC LIMIT 1
    ) o${i} ON TRUE`);
    return {
      name: `metric.${field.key}.${dataset?.name ?? ""}.${dataset?.digest ?? ""}`,
      expression: `o${i}.value`,
      type: "float8",
      ascending,
      nullable: true,
    };
  });
  return {
    joins: joins.join(" "),
    terms: [
      ...terms,
      {
        name: "creation_time",
        expression: "m.creation_time",
        type: "bigint",
        ascending: false,
        nullable: false,
      },
      { name: "model_id", expression: "m.model_id", type: "text", ascending: true, nullable: false },
    ],
  };
}
