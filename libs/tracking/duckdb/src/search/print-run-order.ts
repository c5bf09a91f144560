import type { OrderTerm } from "@runweir/sql";
import { type OrderBy, orderNameOf } from "@runweir/tracking-domain";
import type { NamedValues } from "./named-values.ts";
import { findAttribute, printValue, tableOf } from "./run-columns.ts";

export interface RunOrder {
  readonly joins: string;
  readonly terms: readonly OrderTerm[];
}

/** The order of a run search; ties go by start, latest first, then by id. */
export function printRunOrder(
  orderBy: readonly OrderBy[],
  experiments: string,
  values: NamedValues,
): RunOrder {
  const joins: string[] = [];
  const terms = orderBy.map(({ field, ascending }, i): OrderTerm => {
    const name = orderNameOf(field);
    if (field.entity === "attribute") {
      const { expression, type, nullable = false } = findAttribute(field.key);
      return { name, expression, type, ascending, nullable };
    }
    if (field.entity === "dataset")
      throw new Error("Runs are not ordered by their datasets: a run may have several.");
    joins.push(
      `LEFT JOIN (SELECT s.run_no, ${printValue(field)} AS value FROM ${tableOf[field.entity]} s
         WHERE s.experiment_id IN ${experiments} AND s.key = ${values.add(field.key)}::VARCHAR) o${i}
       ON o${i}.run_no = r.run_no`,
    );
    const type = field.entity === "metric" ? "float8" : "text";
    return { name, expression: `o${i}.value`, type, ascending, nullable: true };
  });
  return { joins: joins.join(" "), terms: [...terms, startTerm, idTerm] };
}

const startTerm: OrderTerm = {
  name: "start_time",
  expression: "epoch_ms(r.start_time)",
  type: "bigint",
  ascending: false,
  nullable: false,
};
const idTerm: OrderTerm = {
  name: "run_id",
  expression: "r.run_id",
  type: "text",
  ascending: true,
  nullable: false,
};
