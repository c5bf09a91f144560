import type { RegisteredModel } from "@runweir/registry-domain";
import { filled } from "../experiment-answer.ts";
import { modelVersionAnswer } from "./model-version-answer.ts";

/** MLflow's `RegisteredModel` message. */
export function registeredModelAnswer(model: RegisteredModel): object {
  return {
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdateTime,
    user_id: model.creatorId,
    description: model.description,
    latest_versions: filled(model.latestVersions.map(modelVersionAnswer)),
    tags: filled(model.tags),
    aliases: filled(model.aliases.map(({ alias, version }) => ({ alias, version: String(version) }))),
  };
}
