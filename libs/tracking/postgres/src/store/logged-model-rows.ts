import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from "@runweir/tracking-domain";
import { toPairs } from "./run-rows.ts";

/** `m` is tracking.logged_model, joined with `modelJoins`. */
export const modelColumns = `m.model_id, m.experiment_id, m.name, m.artifact_uri, m.creation_time, m.last_update_time,
  m.status, m.status_message, m.model_type, m.source_run_id, m.creator_id,
  p.keys AS param_keys, p.values AS param_values, t.keys AS tag_keys, t.values AS tag_values, s.metrics`;

export const modelJoins = `
  LEFT JOIN LATERAL (
    SELECT json_agg(x.key) AS keys, json_agg(x.value) AS values
    FROM (SELECT key, value FROM tracking.logged_model_param WHERE model_no = m.model_no ORDER BY key) x
  ) p ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(x.key) AS keys, json_agg(x.value) AS values
    FROM (SELECT key, value FROM tracking.logged_model_tag WHERE model_no = m.model_no ORDER BY key) x
  ) t ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(x.key, x.value, x.timestamp, x.step, r.run_id, x.dataset_name, x.dataset_digest)
      ORDER BY x.key, x.run_no, x.dataset_name, x.dataset_digest) AS metrics
    FROM tracking.logged_model_metric x JOIN tracking.run r USING (run_no) WHERE x.model_no = m.model_no
  ) s ON TRUE`;

export interface LoggedModelRow {
  readonly model_id: string;
  readonly experiment_id: number;
  readonly name: string;
  readonly artifact_uri: string;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly status: string;
  readonly status_message: string | null;
  readonly model_type: string | null;
  readonly source_run_id: string | null;
  readonly creator_id: string | null;
  readonly param_keys: readonly string[] | null;
  readonly param_values: readonly string[] | null;
  readonly tag_keys: readonly string[] | null;
  readonly tag_values: readonly string[] | null;
  readonly metrics: readonly MetricJson[] | null;
}

/** NaN and infinities arrive as text: JSON has none. */
type MetricJson = readonly [
  key: string,
  value: number | string,
  timestamp: number,
  step: number,
  runId: string,
  datasetName: string,
  datasetDigest: string,
];

export function toLoggedModel(row: LoggedModelRow): LoggedModel {
  return {
    modelId: row.model_id,
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactUri: row.artifact_uri,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    status: row.status as LoggedModelStatus,
    statusMessage: row.status_message ?? undefined,
    modelType: row.model_type ?? undefined,
    sourceRunId: row.source_run_id ?? undefined,
    creatorId: row.creator_id ?? undefined,
    tags: toPairs(row.tag_keys, row.tag_values),
    params: toPairs(row.param_keys, row.param_values),
    metrics: (row.metrics ?? []).map((metric) => toMetric(row.model_id, metric)),
  };
}

function toMetric(
  modelId: string,
  [key, value, timestamp, step, runId, datasetName, datasetDigest]: MetricJson,
): LoggedModelMetric {
  return {
    key,
    value: Number(value),
    timestamp,
    step,
    modelId,
    runId,
    datasetName: datasetName || undefined,
    datasetDigest: datasetDigest || undefined,
  };
}
