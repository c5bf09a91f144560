import type { OpenServer } from "./server-fixture.ts";

export interface ManyRuns {
  readonly experiment: string;
  /** Called `run-00000` and so on, started one after the other. */
  readonly runs: number;
  /** SQL expressions over `i`, the number of the run. */
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string>>;
}

/** More runs than a test can wait for clients to log, each metric with one point; the id of their experiment. */
export async function insertRuns({ url, database }: OpenServer, many: ManyRuns): Promise<string> {
  const made = await fetch(`${url}/api/2.0/mlflow/experiments/create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: many.experiment }),
  });
  const { experiment_id } = (await made.json()) as { experiment_id: string };
  await database.query(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri, lifecycle_stage)
     SELECT md5($1 || i::text), 'default', $1::bigint, 'run-' || lpad(i::text, 5, '0'), 'ada', 'FINISHED', 1700000000000 + i * 1000,
       'a', 'active'
     FROM generate_series(0, $2::int - 1) i`,
    [experiment_id, many.runs],
  );
  const numbered = `(SELECT run_no, substr(run_name, 5)::int AS i FROM tracking.run WHERE experiment_id = ${experiment_id}) r`;
  for (const [key, value] of Object.entries(many.params))
    await database.query(
      `INSERT INTO tracking.run_param (run_no, key, value) SELECT run_no, $1, (${value})::text FROM ${numbered}`,
      [key],
    );
  await database.query(
    "INSERT INTO tracking.metric_key (key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING",
    [Object.keys(many.metrics)],
  );
  for (const [key, value] of Object.entries(many.metrics))
    await database.query(
      `INSERT INTO tracking.metric_series
       SELECT run_no, key_id, 1, (value = 'NaN')::int, value, value, value, 1, 1, 1, 1700000000000, value, 1, 1700000000000, value
       FROM (SELECT run_no, (${value})::float8 AS value FROM ${numbered}) v, tracking.metric_key WHERE key = $1`,
      [key],
    );
  return experiment_id;
}
