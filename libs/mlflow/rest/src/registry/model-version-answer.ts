import type { ModelVersion } from "@runweir/registry-domain";
import { filled } from "../experiment-answer.ts";

/** MLflow's `ModelVersion` message: the number is text on this wire. */
export function modelVersionAnswer(version: ModelVersion): object {
  return {
    name: version.name,
    version: String(version.version),
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdateTime,
    user_id: version.creatorId,
    current_stage: version.stage,
    description: version.description ?? "",
    source: version.source,
    run_id: version.runId ?? "",
    status: version.status,
    status_message: version.statusMessage,
    tags: filled(version.tags),
    run_link: version.runLink ?? "",
    aliases: filled(version.aliases),
    model_id: version.modelId,
  };
}
