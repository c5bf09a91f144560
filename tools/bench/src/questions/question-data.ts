import pg from "pg";
import { callApi } from "../ingest/start-system.ts";
import { sendColumns } from "../shapes/point-columns.ts";

/** What both servers hold: experiments of runs with metrics of steps, the same numbers in both. */
export const shape = { experiments: 10, runs: 100, keys: 10, steps: 200 } as const;

const startTime = 1_790_000_000_000;

/** The same double as `valueSql`: whole numbers below 2^53, one division. */
function valueAt(run: number, key: number, step: number): number {
  return ((run * 7_919 + key * 104_729 + step * 31) % 99_991) / 99_991;
}
const valueSql = "((i::bigint * 7919 + k * 104729 + s * 31) % 99991)::float8 / 99991";

function depthOf(run: number): number {
  return run % 5;
}

export interface Filled {
  readonly url: string;
  readonly experimentIds: readonly string[];
  /** Of the first experiment. */
  readonly runIds: readonly string[];
}

async function createExperiments(url: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let e = 0; e < shape.experiments; e += 1) {
    const answer = await callApi<{ experiment_id: string }>(url, "POST", "experiments/create", {
      name: `questions-${e}`,
    });
    ids.push(answer.experiment_id);
  }
  return ids;
}

/** As a training job would, by our own door for columns; then a snapshot is made of it. */
export async function fillRunweir(url: string): Promise<Filled> {
  const experimentIds = await createExperiments(url);
  const keys = Array.from({ length: shape.keys }, (_, k) => `metric_${k}`);
  const runIds: string[] = [];
  for (let i = 0; i < shape.experiments * shape.runs; i += 1) {
    const { run } = await callApi<{ run: { info: { run_id: string } } }>(url, "POST", "runs/create", {
      experiment_id: experimentIds[Math.floor(i / shape.runs)],
      start_time: startTime + i,
    });
    const runId = run.info.run_id;
    if (i < shape.runs) runIds.push(runId);
    await callApi(url, "POST", "runs/log-parameter", {
      run_id: runId,
      key: "depth",
      value: String(depthOf(i)),
    });
    const places = Array.from({ length: shape.keys * shape.steps }, (_, n) => ({
      key: n % shape.keys,
      step: Math.floor(n / shape.keys),
    }));
    await sendColumns(url, {
      runId,
      keys,
      key: places.map(({ key }) => key),
      step: places.map(({ step }) => step),
      timestamp: places.map(({ step }) => startTime + step),
      value: places.map(({ key, step }) => valueAt(i, key, step)),
    });
    await callApi(url, "POST", "runs/update", {
      run_id: runId,
      status: "FINISHED",
      end_time: startTime + i + 1,
    });
  }
  const made = await fetch(`${url}/api/snapshots`, { method: "POST" });
  if (!made.ok) throw new Error(`${made.status} ${await made.text()}`);
  return { url, experimentIds, runIds };
}

/** The rows that MLflow's log-batch would have written, with SQL: through its door it would take a quarter of an hour. */
export async function fillMlflow(url: string, databaseUrl: string): Promise<Filled> {
  const experimentIds = await createExperiments(url);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const runs = shape.experiments * shape.runs;
  try {
    await client.query(
      `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,
                         source_version, lifecycle_stage, artifact_uri, experiment_id)
       SELECT md5('run' || i), 'run-' || i, 'UNKNOWN', '', '', 'bench', 'FINISHED', ${startTime} + i, ${startTime} + i + 1, '',
              'active', 'mlflow-artifacts:/' || i, ($1::int[])[i / ${shape.runs} + 1]
       FROM generate_series(0, ${runs - 1}) i`,
      [experimentIds],
    );
    await client.query(
      `INSERT INTO params (key, value, run_uuid) SELECT 'depth', (i % 5)::text, md5('run' || i) FROM generate_series(0, ${runs - 1}) i`,
    );
    await client.query(
      `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
       SELECT 'metric_' || k, ${valueSql}, ${startTime} + s, md5('run' || i), s, false
       FROM generate_series(0, ${runs - 1}) i, generate_series(0, ${shape.keys - 1}) k, generate_series(0, ${shape.steps - 1}) s`,
    );
    await client.query(
      `INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
       SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics WHERE step = ${shape.steps - 1}`,
    );
    await client.query("ANALYZE");
    const { rows } = await client.query<{ run_uuid: string }>(
      `SELECT run_uuid FROM runs WHERE experiment_id = $1 ORDER BY start_time`,
      [experimentIds[0]],
    );
    return { url, experimentIds, runIds: rows.map((row) => row.run_uuid) };
  } finally {
    await client.end();
  }
}
