import type { RunSet, SnapshotQuestion } from "@runweir/tracking-domain";
import { NamedValues } from "./named-values.ts";
import { printExperiments, printRunCondition } from "./print-run-condition.ts";

/** Runs by status. */
export function printRunCount({ experimentIds, where }: RunSet): SnapshotQuestion {
  const values = new NamedValues();
  const condition = printRunCondition(where, printExperiments(experimentIds, values), values);
  return {
    sql: `SELECT r.status, count(*) AS runs FROM runs r WHERE ${condition} GROUP BY r.status`,
    params: values.params,
  };
}
