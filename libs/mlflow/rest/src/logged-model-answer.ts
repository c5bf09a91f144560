import type { LoggedModel, LoggedModelStatus } from "@runweir/tracking-domain";
import { filled } from "./experiment-answer.ts";
import { wireDouble } from "./wire/wire-double.ts";

export function wireModelStatus(status: LoggedModelStatus): string {
  return `LOGGED_MODEL_${status}`;
}

/** MLflow's `LoggedModel` message. Its `creator_id` is a number, which our creators have none of: it is left out. */
export function loggedModelAnswer(model: LoggedModel): object {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdateTime,
      artifact_uri: model.artifactUri,
      status: wireModelStatus(model.status),
      model_type: model.modelType ?? "",
      source_run_id: model.sourceRunId ?? "",
      status_message: model.statusMessage,
      tags: filled(model.tags),
    },
    data: {
      params: filled(model.params),
      metrics: filled(
        model.metrics.map((metric) => ({
          key: metric.key,
          value: wireDouble(metric.value),
          timestamp: metric.timestamp,
          step: metric.step,
          dataset_name: metric.datasetName,
          dataset_digest: metric.datasetDigest,
          model_id: metric.modelId,
          run_id: metric.runId,
        })),
      ),
    },
  };
}
