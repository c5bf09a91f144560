import type { Statements } from "@runweir/postgres";
import type { MetricInput } from "@runweir/tracking-domain";

type ModelMetric = MetricInput & { readonly modelId: string };

/** Keeps the latest value of each (model, key, run, dataset): greatest (step, timestamp, value), NaN below all numbers. */
export async function writeLoggedModelMetrics(
  database: Statements,
  workspace: string,
  runId: string,
  metrics: readonly ModelMetric[],
): Promise<void> {
  const latest = new Map<string, ModelMetric>();
  for (const metric of metrics) {
    const name = JSON.stringify([metric.modelId, metric.key, metric.datasetName, metric.datasetDigest]);
    const known = latest.get(name);
    if (!known || isLater(metric, known)) latest.set(name, metric);
  }
  const rows = [...latest.values()];
  await database.query(
    `INSERT INTO tracking.logged_model_metric AS s (model_no, key, run_no, dataset_name, dataset_digest, value, timestamp, step)
     SELECT m.model_no, x.key, r.run_no, x.dataset_name, x.dataset_digest, x.value, x.timestamp, x.step
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::bigint[], $9::bigint[])
       AS x (model_id, key, dataset_name, dataset_digest, value, timestamp, step)
     JOIN tracking.logged_model m ON m.model_id = x.model_id AND m.workspace = $2
     JOIN tracking.run r ON r.run_id = $1 AND r.workspace = $2
     ORDER BY m.model_no, x.key, x.dataset_name, x.dataset_digest
     ON CONFLICT (model_no, key, run_no, dataset_name, dataset_digest) DO UPDATE
     SET value = EXCLUDED.value, timestamp = EXCLUDED.timestamp, step = EXCLUDED.step
     WHERE (EXCLUDED.step, EXCLUDED.timestamp, EXCLUDED.value <> 'NaN', EXCLUDED.value)
         > (s.step, s.timestamp, s.value <> 'NaN', s.value)`,
    [
      runId,
      workspace,
      rows.map((row) => row.modelId),
      rows.map((row) => row.key),
      rows.map((row) => row.datasetName ?? ""),
      rows.map((row) => row.datasetDigest ?? ""),
      rows.map((row) => row.value),
      rows.map((row) => row.timestamp),
      rows.map((row) => row.step),
    ],
  );
}

function isLater(a: ModelMetric, b: ModelMetric): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  return a.value > b.value || (Number.isNaN(b.value) && !Number.isNaN(a.value));
}
