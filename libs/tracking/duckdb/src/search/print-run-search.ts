import { type OrderTerm, parseToken, printAfter, printOrder, printOrderColumns } from "@runweir/sql";
import type { RunQuery, SnapshotQuestion } from "@runweir/tracking-domain";
import { NamedValues } from "./named-values.ts";
import { printExperiments, printRunCondition } from "./print-run-condition.ts";
import { printRunOrder } from "./print-run-order.ts";

export interface RunSearch extends SnapshotQuestion {
  /** The statement's columns are `run_id` and one per term. */
  readonly terms: readonly OrderTerm[];
}

/** The ids of a page's runs, and one more if there is another page. */
export function printRunSearch(query: RunQuery): RunSearch {
  const values = new NamedValues();
  const experiments = printExperiments(query.experimentIds, values);
  const { joins, terms } = printRunOrder(query.orderBy, experiments, values);
  const conditions = [printRunCondition(query.where, experiments, values)];
  if (query.pageToken) conditions.push(printAfter(terms, parseToken(terms, query.pageToken), values));
  return {
    sql: `SELECT r.run_id, ${printOrderColumns(terms)} FROM runs r ${joins}
      WHERE ${conditions.join(" AND ")} ORDER BY ${printOrder(terms)} LIMIT ${values.add(query.limit + 1)}::BIGINT`,
    params: values.params,
    terms,
  };
}
