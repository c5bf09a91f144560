import type {
  DatasetInput,
  LifecycleStage,
  Param,
  RunInfo,
  RunStatus,
  StoredMetric,
  StoredRun,
} from "@runweir/tracking-domain";

/** A run's own columns; `r` is tracking.run. */
export const runColumns = `r.run_id, r.run_name, r.experiment_id, r.user_id, r.status, r.start_time, r.end_time,
  r.artifact_uri, r.lifecycle_stage`;

export interface RunRow {
  readonly run_id: string;
  readonly run_name: string;
  readonly experiment_id: number;
  readonly user_id: string;
  readonly status: string;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly artifact_uri: string;
  readonly lifecycle_stage: string;
}

export function toRunInfo(row: RunRow): RunInfo {
  return {
    runId: row.run_id,
    runName: row.run_name,
    experimentId: String(row.experiment_id),
    userId: row.user_id,
    status: row.status as RunStatus,
    startTime: row.start_time,
    endTime: row.end_time,
    artifactUri: row.artifact_uri,
    lifecycleStage: row.lifecycle_stage as LifecycleStage,
  };
}

/**
 * What belongs to a run, as one JSON array per column: the quickest form for Postgres to make and for V8 to read.
 * Null where a run has none. Every array of one kind is in the order of its keys.
 */
export const runDetailColumns = `
  p.keys AS param_keys, p.values AS param_values, t.keys AS tag_keys, t.values AS tag_values,
  d.inputs AS datasets, m.models`;

export const runDetailJoins = `
  LEFT JOIN LATERAL (
    SELECT json_agg(x.key) AS keys, json_agg(x.value) AS values
    FROM (SELECT key, value FROM tracking.run_param WHERE run_no = r.run_no ORDER BY key) x
  ) p ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(x.key) AS keys, json_agg(x.value) AS values
    FROM (SELECT key, value FROM tracking.run_tag WHERE run_no = r.run_no ORDER BY key) x
  ) t ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('name', d.name, 'digest', d.digest, 'sourceType', d.source_type,
      'source', d.source, 'schema', d.schema, 'profile', d.profile, 'tags', i.tags) ORDER BY d.dataset_no) AS inputs
    FROM tracking.run_dataset i JOIN tracking.dataset d USING (dataset_no) WHERE i.run_no = r.run_no
  ) d ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(direction, model_id, step) ORDER BY direction, step, model_id) AS models
    FROM tracking.run_model WHERE run_no = r.run_no
  ) m ON TRUE`;

export interface RunDetailRow extends RunRow {
  readonly param_keys: readonly string[] | null;
  readonly param_values: readonly string[] | null;
  readonly tag_keys: readonly string[] | null;
  readonly tag_values: readonly string[] | null;
  readonly datasets: readonly DatasetJson[] | null;
  readonly models: readonly (readonly [direction: string, modelId: string, step: number])[] | null;
}

interface DatasetJson {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export function toStoredRun(row: RunDetailRow): StoredRun {
  const models = row.models ?? [];
  return {
    info: toRunInfo(row),
    params: toPairs(row.param_keys, row.param_values),
    tags: toPairs(row.tag_keys, row.tag_values),
    datasetInputs: (row.datasets ?? []).map(toDatasetInput),
    modelInputs: models.flatMap(([direction, modelId]) => (direction === "input" ? [{ modelId }] : [])),
    modelOutputs: models.flatMap(([direction, modelId, step]) =>
      direction === "output" ? [{ modelId, step }] : [],
    ),
  };
}

export function toPairs(keys: readonly string[] | null, values: readonly string[] | null): readonly Param[] {
  return keys?.map((key, i) => ({ key, value: values?.[i] ?? "" })) ?? [];
}

function toDatasetInput({ tags, schema, profile, ...dataset }: DatasetJson): DatasetInput {
  return {
    dataset: { ...dataset, schema: schema ?? undefined, profile: profile ?? undefined },
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}

/** The latest values from the folded statistics. JSON has no NaN and no infinities: Postgres writes them as text. */
export const metricColumns =
  "k.keys AS metric_keys, k.values AS metric_values, k.timestamps AS metric_timestamps, k.steps AS metric_steps";

export const metricJoin = `
  LEFT JOIN LATERAL (
    SELECT json_agg(x.key) AS keys, json_agg(x.last_value) AS values, json_agg(x.last_timestamp) AS timestamps,
      json_agg(x.last_step) AS steps
    FROM (
      SELECT k.key, s.last_value, s.last_timestamp, s.last_step
      FROM tracking.metric_series s JOIN tracking.metric_key k USING (key_id) WHERE s.run_no = r.run_no
    ) x
  ) k ON TRUE`;

export interface MetricRow {
  readonly metric_keys: readonly string[] | null;
  readonly metric_values: readonly (number | string)[] | null;
  readonly metric_timestamps: readonly number[] | null;
  readonly metric_steps: readonly number[] | null;
}

export function toStoredMetrics(row: MetricRow): readonly StoredMetric[] {
  return (
    row.metric_keys?.map((key, i) => ({
      key,
      value: Number(row.metric_values?.[i]),
      timestamp: row.metric_timestamps?.[i] ?? 0,
      step: row.metric_steps?.[i] ?? 0,
    })) ?? []
  );
}
