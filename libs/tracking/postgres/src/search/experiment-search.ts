import {
  type ColumnType,
  type OrderTerm,
  printComparison,
  printExpression,
  type StatementValues,
} from "@runweir/postgres";
import type { Comparison, Expression, OrderBy } from "@runweir/tracking-domain";

/** The experiment's own columns; `e` is tracking.experiment. */
const attributes: Readonly<Record<string, { column: string; type: ColumnType }>> = {
  name: { column: "e.name", type: "text" },
  experiment_id: { column: "e.experiment_id", type: "bigint" },
  creation_time: { column: "e.creation_time", type: "bigint" },
  last_update_time: { column: "e.last_update_time", type: "bigint" },
};

function attributeOf(key: string): { column: string; type: ColumnType } {
  const attribute = attributes[key];
  if (!attribute) throw new Error(`No such attribute of an experiment: ${key}`);
  return attribute;
}

export function printExperimentCondition(where: Expression, values: StatementValues): string {
  return printExpression(where, (comparison: Comparison) => printOne(comparison, values));
}

function printOne(comparison: Comparison, values: StatementValues): string {
  const { field, operator } = comparison;
  if (field.entity === "attribute") {
    const { column, type } = attributeOf(field.key);
    // Ids are quoted in filters, as if they were text.
    return field.key === "experiment_id"
      ? printComparison(`${column}::text`, "text", comparison, values)
      : printComparison(column, type, comparison, values);
  }
  const place = `FROM tracking.experiment_tag s WHERE s.experiment_id = e.experiment_id AND s.key = ${values.add(field.key)}`;
  if (operator === "IS NULL") return `NOT EXISTS (SELECT ${place})`;
  if (operator === "IS NOT NULL") return `EXISTS (SELECT ${place})`;
  return `EXISTS (SELECT ${place} AND ${printComparison("s.value", "text", comparison, values)})`;
}

/** The order of a listing; newest first unless told, ties by id, newest first. */
export function experimentOrder(orderBy: readonly OrderBy[]): readonly OrderTerm[] {
  const wanted: readonly OrderTerm[] =
    orderBy.length > 0
      ? orderBy.map(({ field, ascending }) => {
          const { column, type } = attributeOf(field.key);
          return { name: field.key, expression: column, type, ascending, nullable: false };
        })
      : [
          {
            name: "creation_time",
            expression: "e.creation_time",
            type: "bigint",
            ascending: false,
            nullable: false,
          },
        ];
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
