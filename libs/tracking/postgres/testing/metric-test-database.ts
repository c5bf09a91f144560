import type { Database } from "@runweir/postgres";
import { createTestDatabase } from "@runweir/postgres/testing";
import { trackingMigrations } from "../src/migrations-folder.ts";

export type MetricTestDatabase = Awaited<ReturnType<typeof createTestDatabase>>;

/** A fresh database with the tracking tables. */
export function createMetricTestDatabase(): Promise<MetricTestDatabase> {
  return createTestDatabase([trackingMigrations]);
}

/** Puts a run into experiment `experimentId` (made when missing) without going through the service. */
export async function insertRun(
  database: Database,
  runId: string,
  experimentId = 1,
  workspace = "default",
): Promise<void> {
  await database.query(
    `INSERT INTO tracking.experiment (experiment_id, workspace, name, artifact_location, lifecycle_stage, creation_time,
       last_update_time)
     VALUES ($1::bigint, $2, 'experiment ' || $1::bigint, 'mlflow-artifacts:/' || $1::bigint, 'active', 0, 0) ON CONFLICT DO NOTHING`,
    [experimentId, workspace],
  );
  await database.query(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri,
       lifecycle_stage)
     VALUES ($1::text, $3, $2::bigint, $1::text, 'tester', 'RUNNING', 0, 'mlflow-artifacts:/' || $2::bigint || '/' || $1::text, 'active')`,
    [runId, experimentId, workspace],
  );
}
