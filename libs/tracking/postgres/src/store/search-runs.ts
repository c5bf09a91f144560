import { type Statements, StatementValues } from "@runweir/postgres";
import { cutPage, parseToken, printAfter, printOrder, printOrderColumns } from "@runweir/sql";
import { type RunStatus, type RunStore, runStatuses } from "@runweir/tracking-domain";
import { printRunCondition, printRunOrder } from "../search/run-search.ts";
import {
  type MetricRow,
  metricColumns,
  metricJoin,
  type RunDetailRow,
  runColumns,
  runDetailColumns,
  runDetailJoins,
  toStoredMetrics,
  toStoredRun,
} from "./run-rows.ts";

type RunSearch = Pick<
  RunStore,
  "searchRuns" | "readRuns" | "hasRuns" | "countRuns" | "listKeys" | "searchDatasets"
>;

const datasetsMax = 1_000;

export function runSearch(database: Statements): RunSearch {
  return {
    async searchRuns(workspace, query) {
      const values = new StatementValues();
      const order = printRunOrder(query.orderBy, values);
      const condition = printRunCondition({ workspace, ...query }, values);
      const after = query.pageToken
        ? `AND ${printAfter(order.terms, parseToken(order.terms, query.pageToken), values)}`
        : "";
      // The page is chosen first, with nothing but what it is ordered by; only its runs are read whole.
      const rows = await database.query<RunDetailRow & MetricRow>(
        `WITH page AS MATERIALIZED (
           SELECT x.*, row_number() OVER () AS place FROM (
             SELECT r.run_no, ${printOrderColumns(order.terms)}
             FROM tracking.run r ${order.joins} WHERE ${condition} ${after}
             ORDER BY ${printOrder(order.terms)} LIMIT ${values.add(query.limit + 1)}
           ) x
         )
         SELECT ${order.terms.map((_, i) => `page.order_${i}`).join(", ")}, ${runColumns}, ${runDetailColumns}, ${metricColumns}
         FROM page JOIN tracking.run r USING (run_no) ${runDetailJoins} ${metricJoin}
         ORDER BY page.place`,
        values.list,
      );
      const page = cutPage(order.terms, rows, query.limit);
      return {
        ...page,
        items: page.items.map(toRunWithMetrics),
      };
    },

    async readRuns(workspace, runIds) {
      const rows = await database.query<RunDetailRow & MetricRow>(
        `SELECT ${runColumns}, ${runDetailColumns}, ${metricColumns}
         FROM unnest($2::text[]) WITH ORDINALITY AS page (run_id, place)
         JOIN tracking.run r USING (run_id) ${runDetailJoins} ${metricJoin}
         WHERE r.workspace = $1 AND r.lifecycle_stage = 'active' ORDER BY page.place`,
        [workspace, runIds],
      );
      return rows.map(toRunWithMetrics);
    },

    async hasRuns(workspace, experimentIds, atLeast) {
      // The workspace is asked of the experiments: of runs it is in no index.
      const [row] = await database.query<{ runs: number }>(
        `SELECT count(*) AS runs FROM (
           SELECT FROM tracking.run r
           WHERE r.experiment_id IN (
             SELECT e.experiment_id FROM tracking.experiment e
             WHERE e.workspace = $1 AND e.experiment_id = ANY ($2::bigint[])
           ) LIMIT $3
         ) r`,
        [workspace, experimentIds, atLeast],
      );
      return row !== undefined && row.runs >= atLeast;
    },

    async countRuns(workspace, query) {
      const values = new StatementValues();
      const rows = await database.query<{ status: RunStatus; runs: number }>(
        `SELECT r.status, count(*) AS runs FROM tracking.run r
         WHERE ${printRunCondition({ workspace, ...query }, values)} GROUP BY r.status`,
        values.list,
      );
      const counts = new Map(rows.map((row) => [row.status, row.runs]));
      return {
        total: rows.reduce((total, row) => total + row.runs, 0),
        byStatus: Object.fromEntries(
          runStatuses.map((status) => [status, counts.get(status) ?? 0]),
        ) as Record<RunStatus, number>,
      };
    },

    async listKeys(workspace, experimentIds) {
      const [metrics, params, tags] = await Promise.all([
        database.query<KeyRow>(
          `SELECT k.key, x.runs FROM (
             SELECT s.key_id, count(*) AS runs FROM tracking.run r JOIN tracking.metric_series s USING (run_no)
             WHERE ${runsOfExperiments} GROUP BY s.key_id
           ) x JOIN tracking.metric_key k USING (key_id) ORDER BY x.runs DESC, k.key`,
          [workspace, experimentIds],
        ),
        database.query<KeyRow>(keysOf("run_param"), [workspace, experimentIds]),
        database.query<KeyRow>(keysOf("run_tag"), [workspace, experimentIds]),
      ]);
      return { metrics, params, tags };
    },

    async searchDatasets(workspace, experimentIds) {
      const rows = await database.query<DatasetRow>(
        `SELECT DISTINCT d.experiment_id, d.name, d.digest, i.context
         FROM tracking.dataset d
         JOIN tracking.run_dataset i USING (dataset_no)
         JOIN tracking.run r USING (run_no)
         WHERE d.experiment_id = ANY ($2::bigint[]) AND r.workspace = $1 AND r.lifecycle_stage = 'active'
         ORDER BY d.experiment_id, d.name, d.digest, i.context LIMIT ${datasetsMax}`,
        [workspace, experimentIds],
      );
      return rows.map((row) => ({
        experimentId: String(row.experiment_id),
        name: row.name,
        digest: row.digest,
        context: row.context ?? undefined,
      }));
    },
  };
}

function toRunWithMetrics(row: RunDetailRow & MetricRow) {
  return { ...toStoredRun(row), metrics: toStoredMetrics(row) };
}

interface KeyRow {
  readonly key: string;
  readonly runs: number;
}

interface DatasetRow {
  readonly experiment_id: number;
  readonly name: string;
  readonly digest: string;
  readonly context: string | null;
}

const runsOfExperiments =
  "r.workspace = $1 AND r.experiment_id = ANY ($2::bigint[]) AND r.lifecycle_stage = 'active'";

function keysOf(table: "run_param" | "run_tag"): string {
  return `SELECT s.key, count(*) AS runs FROM tracking.run r JOIN tracking.${table} s USING (run_no)
    WHERE ${runsOfExperiments} GROUP BY s.key ORDER BY count(*) DESC, s.key`;
}
