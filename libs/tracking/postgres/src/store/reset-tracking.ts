import type { Queryable } from "@runweir/postgres";
import { resetMetrics } from "../metrics/reset-metrics.ts";

/** Forgets everything of the slice, in the caller's transaction; for tests. Experiment ids begin at 1 again. */
export async function resetTracking(client: Queryable): Promise<void> {
  await resetMetrics(client);
  for (const table of ["logged_model", "run", "experiment"])
    await client.query(`DELETE FROM tracking.${table}`);
  await client.query("ALTER SEQUENCE tracking.experiment_id RESTART WITH 1");
}
