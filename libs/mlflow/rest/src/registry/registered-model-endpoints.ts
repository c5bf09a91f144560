import type { RegisteredModel, Registry } from "@runweir/registry-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { filled } from "../experiment-answer.ts";
import { readInteger, readText, readTextOrNothing } from "../wire/field-values.ts";
import { readKeyValue } from "../wire/key-value.ts";
import { message, optional, repeated, required, withDefault } from "../wire/message.ts";
import { modelVersionAnswer } from "./model-version-answer.ts";
import { registeredModelAnswer } from "./registered-model-answer.ts";

const name = required(readText);
const justModel = message({ name });

const answerModel = (model: RegisteredModel) => ({ registered_model: registeredModelAnswer(model) });

export function registeredModelEndpoints(registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "registered-models/create",
      permission: "model.create",
      request: message({ name, description: optional(readTextOrNothing), tags: repeated(readKeyValue) }),
      answer: async (input, { caller }) => answerModel(await registry.createModel(caller, input)),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "registered-models/get",
      permission: "model.read",
      request: justModel,
      answer: async ({ name }, { caller }) => answerModel(await registry.getModel(caller, name)),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "registered-models/rename",
      permission: "model.edit",
      request: message({ name, newName: required(readText) }),
      answer: async ({ name, newName }, { caller }) =>
        answerModel(await registry.renameModel(caller, name, newName)),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "registered-models/update",
      permission: "model.edit",
      request: message({ name, description: optional(readTextOrNothing) }),
      answer: async ({ name, description }, { caller }) =>
        answerModel(await registry.updateModel(caller, name, description)),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "registered-models/delete",
      permission: "model.manage",
      request: justModel,
      answer: ({ name }, { caller }) => registry.deleteModel(caller, name),
    }),
    ...modelSearches(registry),
    ...modelTags(registry),
  ];
}

function modelSearches(registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      // MLflow's client for R asks by POST, though MLflow's server has never taken it.
      methods: ["GET", "POST"],
      path: "registered-models/search",
      permission: "model.read",
      request: message({
        filter: optional(readTextOrNothing),
        maxResults: withDefault(readInteger, 100),
        orderBy: repeated(readText),
        pageToken: optional(readTextOrNothing),
      }),
      async answer(input, { caller }) {
        const page = await registry.searchModels(caller, input);
        return {
          registered_models: filled(page.items.map(registeredModelAnswer)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    defineEndpoint({
      methods: ["GET", "POST"],
      path: "registered-models/get-latest-versions",
      permission: "model.read",
      request: message({ name, stages: repeated(readText) }),
      async answer({ name, stages }, { caller }) {
        const versions = await registry.getLatestVersions(caller, name, stages);
        return { model_versions: filled(versions.map(modelVersionAnswer)) };
      },
    }),
  ];
}

function modelTags(registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "registered-models/set-tag",
      permission: "model.edit",
      request: message({ name, key: required(readText), value: withDefault(readText, "") }),
      answer: ({ name, key, value }, { caller }) => registry.setModelTag(caller, name, { key, value }),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "registered-models/delete-tag",
      permission: "model.edit",
      request: message({ name, key: required(readText) }),
      answer: ({ name, key }, { caller }) => registry.deleteModelTag(caller, name, key),
    }),
  ];
}
