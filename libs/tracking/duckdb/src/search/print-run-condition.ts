import { printExpression } from "@runweir/sql";
import type { Comparison, Expression } from "@runweir/tracking-domain";
import type { NamedValues } from "./named-values.ts";
import { printComparison } from "./print-comparison.ts";
import { findAttribute, printValue, tableOf } from "./run-columns.ts";

/**
 * The experiments as a list to stand behind IN, printed once per statement. Every table that is read has it: its files are
 * sorted by experiment.
 */
export function printExperiments(experimentIds: readonly string[], values: NamedValues): string {
  return `(${experimentIds.map((id) => `${values.add(id)}::BIGINT`).join(", ")})`;
}

/** Which runs: of these experiments, where the expression holds; `r` is the table `runs`. */
export function printRunCondition(
  where: Expression | undefined,
  experiments: string,
  values: NamedValues,
): string {
  const ofThem = `r.experiment_id IN ${experiments}`;
  if (!where) return ofThem;
  return `${ofThem} AND ${printExpression(where, (one: Comparison) => printRunComparison(one, experiments, values))}`;
}

function printRunComparison(comparison: Comparison, experiments: string, values: NamedValues): string {
  const { field, operator } = comparison;
  switch (field.entity) {
    case "attribute":
      return printAttribute(field.key, comparison, values);
    case "metric":
    case "param":
    case "tag": {
      const place = `SELECT s.run_no FROM ${tableOf[field.entity]} s
        WHERE s.experiment_id IN ${experiments} AND s.key = ${values.add(field.key)}::VARCHAR`;
      if (operator === "IS NULL") return `r.run_no NOT IN (${place})`;
      if (operator === "IS NOT NULL") return `r.run_no IN (${place})`;
      const type = field.entity === "metric" ? "float8" : "text";
      return `r.run_no IN (${place} AND ${printComparison(printValue(field), type, comparison, values)})`;
    }
    case "dataset":
      return `r.run_no IN (SELECT s.run_no FROM datasets s WHERE s.experiment_id IN ${experiments}
        AND ${printComparison(`s.${field.key}`, "text", comparison, values)})`;
  }
}

function printAttribute(key: string, comparison: Comparison, values: NamedValues): string {
  const { expression, type, nullable } = findAttribute(key);
  // Ids are numbers here, but quoted in filters as if they were text.
  const asText = type === "text" || typeof comparison.value !== "number";
  const column = type === "text" ? expression : `${expression}::${asText ? "VARCHAR" : "DOUBLE"}`;
  const printed = printComparison(column, asText ? "text" : "float8", comparison, values);
  return nullable ? `coalesce(${printed}, FALSE)` : printed;
}
