import { printComparison, type StatementValues } from "@runweir/postgres";
import { type OrderTerm, printExpression } from "@runweir/sql";
import type { Comparison, Expression, OrderBy } from "@runweir/tracking-domain";
import { attributeColumns } from "./attribute-columns.ts";

/** The experiment's own columns; `e` is tracking.experiment. */
const attributes = attributeColumns("an experiment", {
  name: { column: "e.name", type: "text" },
  experiment_id: { column: "e.experiment_id", type: "bigint" },
  creation_time: { column: "e.creation_time", type: "bigint" },
  last_update_time: { column: "e.last_update_time", type: "bigint" },
});

export function printExperimentCondition(where: Expression, values: StatementValues): string {
  return printExpression(where, (comparison: Comparison) => printOne(comparison, values));
}

function printOne(comparison: Comparison, values: StatementValues): string {
  const { field, operator } = comparison;
  if (field.entity === "attribute") return attributes.compare(field.key, comparison, values);
  const place = `FROM tracking.experiment_tag s WHERE s.experiment_id = e.experiment_id AND s.key = ${values.add(field.key)}`;
  if (operator === "IS NULL") return `NOT EXISTS (SELECT ${place})`;
  if (operator === "IS NOT NULL") return `EXISTS (SELECT ${place})`;
  return `EXISTS (SELECT ${place} AND ${printComparison("s.value", "text", comparison, values)})`;
}

/** The order of a listing; newest first unless told, ties by id, newest first. */
export function experimentOrder(orderBy: readonly OrderBy[]): readonly OrderTerm[] {
  const wanted: readonly OrderTerm[] =
    orderBy.length > 0
      ? orderBy.map(({ field, ascending }) => attributes.order(field.key, ascending))
      : [attributes.order("creation_time", false)];
  return [
    ...wanted,
    {
      name: "experiment_id",
      expression: "e.experiment_id",
      type: "bigint",
      ascending: false,
      nullable: false,
    },
  ];
}
