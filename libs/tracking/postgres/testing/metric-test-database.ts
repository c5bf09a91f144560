import { fileURLToPath } from "node:url";
import type { Database } from "@runweir/postgres";
import { createTestDatabase } from "@runweir/postgres/testing";

const migrations = fileURLToPath(new URL("../migrations", import.meta.url));

export type MetricTestDatabase = Awaited<ReturnType<typeof createTestDatabase>>;

/** A fresh database with the tracking tables. */
export async function createMetricTestDatabase(): Promise<MetricTestDatabase> {
  const database = await createTestDatabase([migrations]);
  await database.query(`CREATE TABLE IF NOT EXISTS tracking.run (run_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id text UNIQUE NOT NULL, workspace text NOT NULL, experiment_id bigint NOT NULL, lifecycle_stage text NOT NULL)`);
  return database;
}

/** Puts a run into experiment `experimentId` (made when missing) without going through the service. */
export async function insertRun(
  database: Database,
  runId: string,
  experimentId = 1,
  workspace = "default",
): Promise<void> {
  await database.query(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, lifecycle_stage) VALUES ($1, $2, $3, 'active')`,
    [runId, workspace, experimentId],
  );
}
