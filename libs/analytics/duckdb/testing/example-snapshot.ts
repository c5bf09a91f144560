import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { SnapshotFiles } from "@runweir/analytics-domain";

/**
 * A small snapshot: experiments 0 to 9 of 100 runs each. Texts of experiments 1 to 8 are secrets: whoever sees
 * only 0 and 9, on both sides of them, must never meet the word.
 */
export async function writeExampleSnapshot(folder: string): Promise<SnapshotFiles> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const run = "i // 100 AS experiment_id, i::INTEGER AS run_no";
  const write = async (name: string, query: string) => {
    const file = join(folder, `${name}.parquet`);
    await connection.run(
      `COPY (${query}) TO '${file}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)`,
    );
    return [file];
  };
  try {
    return {
      snapshot: 7,
      hidden: [],
      tables: {
        runs: await write(
          "runs",
          `SELECT ${run}, 'run-' || i AS run_id, CASE WHEN i % 7 = 0 THEN 'FAILED' ELSE 'FINISHED' END AS status,
             TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_minutes(i) AS start_time FROM range(1000) t(i)`,
        ),
        params: await write(
          "params",
          `SELECT i::INTEGER AS run_no, 'lr' AS key, CASE WHEN i BETWEEN 100 AND 899 THEN 'secret-' || i ELSE '0.' || i END AS value
             FROM range(1000) t(i)`,
        ),
        metric_points: await write(
          "metric_points",
          `SELECT ${run}, 'loss' AS key, step, CASE WHEN step = 3 THEN 'NaN'::DOUBLE ELSE i + step / 8 END AS value
             FROM range(1000) t(i), range(20) s(step)`,
        ),
        // Whose these are is not said: not for restricted views.
        models: await write("models", "SELECT 'secret-model' AS name"),
      },
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
