import pg from "pg";
import { sendJson } from "../drive-load.ts";
import {
  createRun,
  type FilledServer,
  historyPoints,
  metricsPerRun,
  paramsPerRun,
  tagsPerRun,
} from "./fill-data.ts";

/**
 * Fills MLflow's own tables with SQL: through its REST interface the same data would take many minutes. The rows are
 * what its log-batch would have written; both experiments are created through REST.
 */
export async function fillMlflowTables(
  url: string,
  databaseUrl: string,
  runs: number,
): Promise<FilledServer> {
  const create = async (name: string) =>
    (
      await sendJson<{ experiment_id: string }>(url, {
        method: "POST",
        path: "/api/2.0/mlflow/experiments/create",
        body: JSON.stringify({ name }),
      })
    ).experiment_id;
  const searchExperiment = await create("bench-search");
  const writeExperiment = await create("bench-write");
  const historyRun = await createRun(url, writeExperiment);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
                         source_version, lifecycle_stage, artifact_uri, experiment_id)
       SELECT md5('run' || i), 'run-' || i, 'UNKNOWN', '', '', 'bench', 'RUNNING', 1790000000000 + i, '', 'active',
              'mlflow-artifacts:/' || $1 || '/' || md5('run' || i) || '/artifacts', $1::int
       FROM generate_series(0, $2::int - 1) i`,
      [searchExperiment, runs],
    );
    const value = "((i * 7919 + k * 104729) % 99991) / 99991.0";
    await client.query(
      `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
       SELECT 'metric_' || k, ${value}, 1790000000000, md5('run' || i), 0, false
       FROM generate_series(0, $1::int - 1) i, generate_series(0, ${metricsPerRun - 1}) k`,
      [runs],
    );
    await client.query(
      `INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
       SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics`,
    );
    await client.query(
      `INSERT INTO params (key, value, run_uuid)
       SELECT 'param_' || k, floor(10 * ${value})::int::text, md5('run' || i)
       FROM generate_series(0, $1::int - 1) i, generate_series(0, ${paramsPerRun - 1}) k`,
      [runs],
    );
    await client.query(
      `INSERT INTO tags (key, value, run_uuid)
       SELECT 'tag_' || k, 'value-' || ((i * 7 + k) % 50), md5('run' || i)
       FROM generate_series(0, $1::int - 1) i, generate_series(0, ${tagsPerRun - 1}) k`,
      [runs],
    );
    await client.query(
      `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
       SELECT 'loss', (s * 7919 % 99991) / 99991.0, 1790000000000 + s, $1, s, false
       FROM generate_series(0, ${historyPoints - 1}) s`,
      [historyRun],
    );
    await client.query(
      `INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
       SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics
       WHERE run_uuid = $1 ORDER BY step DESC LIMIT 1 ON CONFLICT DO NOTHING`,
      [historyRun],
    );
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
  return { url, searchExperiment, historyRun, writeExperiment };
}
