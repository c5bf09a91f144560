import {
  type GroupCurvesRequest,
  groupQuantiles,
  type RunTableField,
  type SnapshotQuestion,
} from "@runweir/tracking-domain";
import { NamedValues } from "../search/named-values.ts";
import { printExperiments, printRunCondition } from "../search/print-run-condition.ts";
import { findAttribute, tableOf } from "../search/run-columns.ts";

/** Steps are divided from `from` on into buckets of `width`. */
export interface StepGrid {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** One row per group that logged the metric, largest first: its name, its runs, its least and greatest step. */
export function printGroups(request: GroupCurvesRequest): SnapshotQuestion {
  const values = new NamedValues();
  const { chosen, experiments } = printChosen(request, values);
  return {
    sql: `WITH chosen AS (${chosen})
      SELECT c.name, count(*)::INTEGER AS runs, min(m.first_step) AS first_step, max(m.last_step) AS last_step
      FROM chosen c JOIN metric_summary m USING (run_no)
      WHERE m.experiment_id IN ${experiments} AND m.key = ${values.add(request.key)}::VARCHAR
      GROUP BY c.name ORDER BY runs DESC, c.name NULLS LAST`,
    params: values.params,
  };
}

/** Numbers so large that their squares are none have no deviation. */
const largest = "1e150";

/**
 * One row per group and bucket with anything in it: place of the group among `names`, greatest step, runs with a finite
 * value, runs without, mean, deviation, least, greatest, quantiles.
 */
export function printBuckets(
  request: GroupCurvesRequest,
  names: readonly (string | null)[],
  grid: StepGrid,
): SnapshotQuestion {
  const values = new NamedValues();
  const { chosen, experiments } = printChosen(request, values);
  const from = `${values.add(String(grid.from))}::BIGINT`;
  const bucket =
    grid.width === 1 ? "p.step" : `(p.step - ${from}) // ${values.add(String(grid.width))}::BIGINT`;
  const finite = "FILTER (WHERE isfinite(value))";
  return {
    // The last point of a run in its bucket is the one that no other of the same bucket comes after.
    sql: `WITH chosen AS (${chosen}), placed AS (${printPlaces(names, values)}
      ), points AS (
        SELECT p.run_no, p.step, p.value, ${bucket} AS bucket, lead(${bucket}) OVER (
            PARTITION BY p.run_no ORDER BY p.step, p.ts, NOT isnan(p.value), p.value
          ) AS following
        FROM metric_points p SEMI JOIN placed USING (run_no)
        WHERE p.experiment_id IN ${experiments} AND p.key = ${values.add(request.key)}::VARCHAR
          AND p.step BETWEEN ${from} AND ${values.add(String(grid.to))}::BIGINT
      )
      SELECT place, max(step) AS step, count(*) ${finite}::INTEGER AS n, count(*) FILTER (WHERE NOT isfinite(value))::INTEGER,
        avg(value) ${finite},
        CASE WHEN max(abs(value)) ${finite} < ${largest}
          THEN stddev_samp(value) FILTER (WHERE isfinite(value) AND abs(value) < ${largest}) END,
        min(value) ${finite}, max(value) ${finite},
        ${groupQuantiles.map((name) => `quantile_cont(value, 0.${name.slice(1)}) ${finite}`).join(", ")}
      FROM points JOIN placed USING (run_no) WHERE following IS DISTINCT FROM bucket
      GROUP BY place, bucket ORDER BY place, bucket`,
    params: values.params,
  };
}

/** The runs of the named groups with the places of these. */
function printPlaces(names: readonly (string | null)[], values: NamedValues): string {
  const listed = names.flatMap((name, place) => (name === null ? [] : [{ name, place }]));
  const nameless = names.indexOf(null);
  if (listed.length === 0) return "SELECT run_no, 0 AS place FROM chosen WHERE name IS NULL";
  const named = `SELECT c.run_no, g.place FROM chosen c JOIN (
      SELECT unnest(${values.add(listed.map(({ name }) => name))}::VARCHAR[]) AS name,
        unnest(${values.add(listed.map(({ place }) => place))}::INTEGER[]) AS place
    ) g USING (name)`;
  return nameless < 0
    ? named
    : `${named} UNION ALL SELECT run_no, ${values.add(nameless)}::INTEGER FROM chosen WHERE name IS NULL`;
}

/** The runs of the set with the name of their group. */
function printChosen({ experimentIds, where, groupBy }: GroupCurvesRequest, values: NamedValues) {
  const experiments = printExperiments(experimentIds, values);
  const condition = printRunCondition(where, experiments, values);
  const { name, join } = printName(groupBy, experiments, values);
  return { experiments, chosen: `SELECT r.run_no, ${name} AS name FROM runs r ${join} WHERE ${condition}` };
}

function printName(
  groupBy: RunTableField | undefined,
  experiments: string,
  values: NamedValues,
): { readonly name: string; readonly join: string } {
  if (groupBy === undefined || groupBy.entity === "metric") return { name: "NULL::VARCHAR", join: "" };
  if (groupBy.entity === "attribute")
    return { name: `${findAttribute(groupBy.key).expression}::VARCHAR`, join: "" };
  return {
    name: "g.value",
    join: `LEFT JOIN (SELECT s.run_no, s.value FROM ${tableOf[groupBy.entity]} s
      WHERE s.experiment_id IN ${experiments} AND s.key = ${values.add(groupBy.key)}::VARCHAR) g USING (run_no)`,
  };
}
