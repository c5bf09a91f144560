import type { DatasetInput, Run, RunInfo } from "@runweir/tracking-domain";
import { filled } from "./experiment-answer.ts";
import { wireDouble } from "./wire/wire-double.ts";

/** MLflow's `RunInfo` message. Old clients know a run by `run_uuid`. */
export function runInfoAnswer(info: RunInfo): object {
  return {
    run_uuid: info.runId,
    experiment_id: info.experimentId,
    run_name: info.runName,
    user_id: info.userId,
    status: info.status,
    start_time: info.startTime,
    end_time: info.endTime ?? undefined,
    artifact_uri: info.artifactUri,
    lifecycle_stage: info.lifecycleStage,
    run_id: info.runId,
  };
}

/** MLflow's `Run` message; `data`, `inputs` and `outputs` are there even when empty. */
export function runAnswer(run: Run): object {
  return {
    info: runInfoAnswer(run.info),
    data: {
      metrics: filled(
        run.metrics.map(({ key, value, timestamp, step }) => ({
          key,
          value: wireDouble(value),
          timestamp,
          step,
        })),
      ),
      params: filled(run.params),
      tags: filled(run.tags),
    },
    inputs: {
      dataset_inputs: filled(run.datasetInputs.map(datasetInputAnswer)),
      model_inputs: filled(run.modelInputs.map(({ modelId }) => ({ model_id: modelId }))),
    },
    outputs: {
      model_outputs: filled(run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step }))),
    },
  };
}

function datasetInputAnswer({ dataset, tags }: DatasetInput): object {
  return {
    tags: filled(tags),
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      schema: dataset.schema,
      profile: dataset.profile,
    },
  };
}
