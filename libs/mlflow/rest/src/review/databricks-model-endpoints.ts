import { type Caller, decide, type Level, levels, type Permission } from "@runweir/identity-domain";
import type { Registry } from "@runweir/registry-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { modelVersionAnswer } from "../registry/model-version-answer.ts";
import { registeredModelAnswer } from "../registry/registered-model-answer.ts";
import { versionNumber } from "../registry/version-number.ts";
import { readFlag, readInteger, readText, readTextOrNothing } from "../wire/field-values.ts";
import { message, optional, required, withDefault } from "../wire/message.ts";
import { levelNames, modelIdOf } from "./model-permission.ts";

/** Databricks' own ways to a model, to models, and to a stage. */
export function databricksModelEndpoints(registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["GET"],
      path: "databricks/registered-models/get",
      permission: "model.read",
      request: message({ name: required(readText) }),
      answer: async ({ name }, { caller }) => ({
        registered_model_databricks: {
          ...registeredModelAnswer(await registry.getModel(caller, name)),
          id: modelIdOf(name),
          permission_level: levelOf(caller, name),
        },
      }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "registered-models/list",
      permission: "model.read",
      request: message({
        maxResults: withDefault(readInteger, 100),
        pageToken: optional(readTextOrNothing),
      }),
      answer: async (search, { caller }) => {
        const { items, nextPageToken } = await registry.searchModels(caller, search);
        return { registered_models: items.map(registeredModelAnswer), next_page_token: nextPageToken };
      },
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "databricks/model-versions/transition-stage",
      permission: "model.edit",
      request: message({
        name: required(readText),
        version: versionNumber,
        stage: required(readText),
        archiveExistingVersions: withDefault(readFlag, false),
        comment: optional(readTextOrNothing),
      }),
      answer: async ({ comment: _, ...move }, { caller }) => ({
        model_version_databricks: {
          ...modelVersionAnswer(await registry.transitionStage(caller, move)),
          permission_level: levelOf(caller, move.name),
        },
      }),
    }),
  ];
}

const askedLevels: Readonly<Record<Level, Permission>> = {
  read: "model.read",
  edit: "model.edit",
  staging: "model.staging",
  production: "model.production",
  manage: "model.manage",
};

/** The most that the caller may do to a model. */
function levelOf(caller: Caller, name: string): string | undefined {
  const level = levels.findLast((one) => decide(caller, askedLevels[one], { kind: "model", name }).allowed);
  return level && levelNames[level];
}
