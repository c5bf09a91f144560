import type { DuckDb } from "@runweir/duckdb";
import type { TrackingStore } from "@runweir/tracking-domain";

type Row = {
  readonly run_id: string;
  readonly model_id: string;
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
};

/** The values of metrics about models; those of a run or a model that was not taken are left out. */
export async function importModelMetrics(
  duckdb: DuckDb,
  store: Pick<TrackingStore, "writeLoggedModelMetrics">,
  accepted: {
    readonly workspace: string;
    readonly runs: ReadonlySet<string>;
    readonly models: ReadonlySet<string>;
  },
): Promise<void> {
  const rows = await duckdb.query<Row>(
    `SELECT r.run_id, m.model_id, m.key, m.value, epoch_ms(m.ts)::DOUBLE AS timestamp, m.step::DOUBLE AS step,
       m.dataset_name, m.dataset_digest
     FROM logged_model_metrics m JOIN runs r USING (run_no) ORDER BY m.run_no, m.model_id, m.key`,
  );
  const taken = rows.filter((row) => accepted.runs.has(row.run_id) && accepted.models.has(row.model_id));
  for (const [runId, metrics] of Map.groupBy(taken, (row) => row.run_id))
    await store.writeLoggedModelMetrics(
      accepted.workspace,
      runId,
      metrics.map((row) => ({
        modelId: row.model_id,
        key: row.key,
        value: row.value,
        timestamp: row.timestamp,
        step: row.step,
        datasetName: row.dataset_name ?? undefined,
        datasetDigest: row.dataset_digest ?? undefined,
      })),
    );
}
