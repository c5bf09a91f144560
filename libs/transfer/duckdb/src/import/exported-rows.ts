import type { DuckDb } from "@runweir/duckdb";
import {
  type Experiment,
  type ImportedRun,
  type LoggedModel,
  type LoggedModelMetric,
  loggedModelStatuses,
  runStatuses,
  type Tag,
} from "@runweir/tracking-domain";
import { damagedExport } from "@runweir/transfer-domain";
import { listOf } from "../print-sql.ts";

/** A run of an export; `experimentId` in it is that of the server it came from. */
export interface ExportedRun {
  readonly runNo: number;
  readonly points: number;
  readonly run: ImportedRun;
}

/** A moment as milliseconds since 1970. */
export const ms = (column: string): string => `epoch_ms(${column})::DOUBLE`;
export const pairs = (column: string): string => `to_json(map_entries(${column}))::VARCHAR`;

export async function readExperiments(
  duckdb: DuckDb,
): Promise<readonly Omit<Experiment, "lifecycleStage">[]> {
  const rows = await duckdb.query<{
    id: string;
    name: string;
    place: string;
    made: number;
    changed: number;
    tags: string;
  }>(
    `SELECT experiment_id::VARCHAR AS id, name, artifact_location AS place, ${ms("creation_time")} AS made,
       ${ms("last_update_time")} AS changed, ${pairs("tags")} AS tags FROM experiments ORDER BY experiment_id`,
  );
  return rows.map((row) => ({
    experimentId: row.id,
    name: row.name,
    artifactLocation: row.place,
    creationTime: row.made,
    lastUpdateTime: row.changed,
    tags: toTags(row.tags),
  }));
}

type RunRow = {
  readonly run_no: number;
  readonly experiment_id: string;
  readonly run_id: string;
  readonly run_name: string;
  readonly user_id: string;
  readonly status: string;
  readonly started: number;
  readonly ended: number | null;
  readonly params: string;
  readonly tags: string;
  readonly points: number;
  readonly datasets: string | null;
  readonly models: string | null;
};

/** In the order of their numbers, so that later runs stay the later ones. */
export async function readRuns(
  duckdb: DuckDb,
  after: number,
  limit: number,
): Promise<readonly ExportedRun[]> {
  const rows = await duckdb.query<RunRow>(
    `WITH chosen AS (SELECT * FROM runs WHERE run_no > ${after} ORDER BY run_no LIMIT ${limit})
     SELECT r.run_no, r.experiment_id::VARCHAR AS experiment_id, r.run_id, r.run_name, r.user_id, r.status,
       ${ms("r.start_time")} AS started, ${ms("r.end_time")} AS ended, ${pairs("r.params")} AS params, ${pairs("r.tags")} AS tags,
       coalesce(s.points, 0)::DOUBLE AS points, d.datasets, m.models
     FROM chosen r
     LEFT JOIN (SELECT run_no, sum(n) AS points FROM metric_summary SEMI JOIN chosen USING (run_no) GROUP BY run_no) s USING (run_no)
     LEFT JOIN (
       SELECT run_no, to_json(list(struct_pack(name := name, digest := digest, sourceType := source_type, source := source,
         "schema" := "schema", profile := profile, tags := map_entries(tags)) ORDER BY name, digest))::VARCHAR AS datasets
       FROM datasets SEMI JOIN chosen USING (run_no) GROUP BY run_no
     ) d USING (run_no)
     LEFT JOIN (
       SELECT run_no, to_json(list(struct_pack(direction := direction, modelId := model_id, step := step)
         ORDER BY direction, model_id, step))::VARCHAR AS models
       FROM run_models SEMI JOIN chosen USING (run_no) GROUP BY run_no
     ) m USING (run_no)
     ORDER BY r.run_no`,
  );
  return rows.map(toRun);
}

interface DatasetJson {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: readonly Tag[];
}

function toRun(row: RunRow): ExportedRun {
  const models = JSON.parse(row.models ?? "[]") as { direction: string; modelId: string; step: number }[];
  return {
    runNo: row.run_no,
    points: row.points,
    run: {
      info: {
        runId: row.run_id,
        runName: row.run_name,
        experimentId: row.experiment_id,
        userId: row.user_id,
        status: oneOf(runStatuses, row.status, `the status of run ${row.run_id}`),
        startTime: row.started,
        endTime: row.ended,
      },
      params: toTags(row.params),
      tags: toTags(row.tags),
      datasetInputs: (JSON.parse(row.datasets ?? "[]") as DatasetJson[]).map(
        ({ tags, schema, profile, ...rest }) => ({
          dataset: { ...rest, schema: schema ?? undefined, profile: profile ?? undefined },
          tags,
        }),
      ),
      modelInputs: models
        .filter(({ direction }) => direction === "input")
        .map(({ modelId }) => ({ modelId })),
      modelOutputs: models
        .filter(({ direction }) => direction === "output")
        .map(({ modelId, step }) => ({ modelId, step })),
    },
  };
}

type ModelRow = {
  readonly model_no: number;
  readonly model_id: string;
  readonly experiment_id: string;
  readonly name: string;
  readonly made: number;
  readonly changed: number;
  readonly status: string;
  readonly status_message: string | null;
  readonly model_type: string | null;
  readonly source_run_id: string | null;
  readonly creator_id: string | null;
  readonly params: string;
  readonly tags: string;
};

export type ExportedModel = Omit<LoggedModel, "artifactUri" | "metrics">;

export async function readModels(
  duckdb: DuckDb,
  after: number,
  limit: number,
): Promise<{ readonly models: readonly ExportedModel[]; readonly last: number | undefined }> {
  const rows = await duckdb.query<ModelRow>(
    `SELECT model_no, model_id, experiment_id::VARCHAR AS experiment_id, name, ${ms("creation_time")} AS made,
       ${ms("last_update_time")} AS changed, status, status_message, model_type, source_run_id, creator_id,
       ${pairs("params")} AS params, ${pairs("tags")} AS tags
     FROM logged_models WHERE model_no > ${after} ORDER BY model_no LIMIT ${limit}`,
  );
  return {
    last: rows.at(-1)?.model_no,
    models: rows.map((row) => ({
      modelId: row.model_id,
      experimentId: row.experiment_id,
      name: row.name,
      creationTime: row.made,
      lastUpdateTime: row.changed,
      status: oneOf(loggedModelStatuses, row.status, `the status of model ${row.model_id}`),
      statusMessage: row.status_message ?? undefined,
      modelType: row.model_type ?? undefined,
      sourceRunId: row.source_run_id ?? undefined,
      creatorId: row.creator_id ?? undefined,
      params: toTags(row.params),
      tags: toTags(row.tags),
    })),
  };
}

type ModelMetricRow = {
  readonly model_id: string;
  readonly key: string;
  readonly run_id: string | null;
  readonly run_no: number;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
};

/** Of a run that was not exported itself, because it is deleted or of another experiment, the number alone is known. */
export async function readModelMetrics(
  duckdb: DuckDb,
  modelIds: readonly string[],
): Promise<readonly LoggedModelMetric[]> {
  const rows = await duckdb.query<ModelMetricRow>(
    `SELECT m.model_id, m.key, r.run_id, m.run_no, m.value, ${ms("m.ts")} AS timestamp, m.step::DOUBLE AS step, m.dataset_name,
       m.dataset_digest
     FROM logged_model_metrics m LEFT JOIN runs r USING (run_no) WHERE m.model_id IN ${listOf(modelIds)}
     ORDER BY m.model_no, m.key, m.run_no`,
  );
  return rows.map((row) => ({
    modelId: row.model_id,
    key: row.key,
    runId: row.run_id ?? `number ${row.run_no}`,
    value: row.value,
    timestamp: row.timestamp,
    step: row.step,
    datasetName: row.dataset_name ?? undefined,
    datasetDigest: row.dataset_digest ?? undefined,
  }));
}

/** What a column of `map_entries` printed as JSON holds. */
export function toTags(json: string): readonly Tag[] {
  return JSON.parse(json) as readonly Tag[];
}

export function oneOf<const T extends string>(allowed: readonly T[], found: string, what: string): T {
  const value = allowed.find((one) => one === found);
  if (value !== undefined) return value;
  throw damagedExport(`${what} is ${JSON.stringify(found)}; allowed are ${allowed.join(", ")}`);
}
