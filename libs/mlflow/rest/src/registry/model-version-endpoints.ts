import type { ModelVersion, Registry } from "@runweir/registry-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { filled } from "../experiment-answer.ts";
import { readFlag, readInteger, readText, readTextOrNothing } from "../wire/field-values.ts";
import { readKeyValue } from "../wire/key-value.ts";
import { message, optional, repeated, required, withDefault } from "../wire/message.ts";
import { modelVersionAnswer } from "./model-version-answer.ts";
import { versionNumber as version } from "./version-number.ts";

const name = required(readText);
const justVersion = message({ name, version });

const answerVersion = (found: ModelVersion) => ({ model_version: modelVersionAnswer(found) });

/** What one answer holds when the client names no limit. The protocol says 200,000, which is more than anybody reads. */
const defaultPage = 10_000;

export function modelVersionEndpoints(registry: Registry): readonly Endpoint[] {
  return [
    createVersion(registry),
    defineEndpoint({
      methods: ["GET"],
      path: "model-versions/get",
      permission: "model.read",
      request: justVersion,
      answer: async ({ name, version }, { caller }) =>
        answerVersion(await registry.getVersion(caller, name, version)),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "model-versions/update",
      permission: "model.edit",
      request: message({ name, version, description: optional(readText) }),
      answer: async ({ name, version, description }, { caller }) =>
        answerVersion(await registry.updateVersion(caller, name, version, description)),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "model-versions/transition-stage",
      permission: "model.edit",
      request: message({
        name,
        version,
        stage: required(readText),
        archiveExistingVersions: withDefault(readFlag, false),
      }),
      answer: async (input, { caller }) => answerVersion(await registry.transitionStage(caller, input)),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "model-versions/delete",
      permission: "model.manage",
      request: justVersion,
      answer: ({ name, version }, { caller }) => registry.deleteVersion(caller, name, version),
    }),
    searchVersions(registry),
    defineEndpoint({
      methods: ["GET"],
      path: "model-versions/get-download-uri",
      permission: "model.read",
      request: justVersion,
      answer: async ({ name, version }, { caller }) => ({
        artifact_uri: await registry.getDownloadUri(caller, name, version),
      }),
    }),
    ...versionTags(registry),
  ];
}

function createVersion(registry: Registry): Endpoint {
  return defineEndpoint({
    methods: ["POST"],
    path: "model-versions/create",
    permission: "model.edit",
    request: message({
      name,
      source: required(readText),
      runId: optional(readTextOrNothing),
      runLink: optional(readTextOrNothing),
      modelId: optional(readTextOrNothing),
      description: optional(readTextOrNothing),
      tags: repeated(readKeyValue),
    }),
    answer: async (input, { caller }) => answerVersion(await registry.createVersion(caller, input)),
  });
}

function searchVersions(registry: Registry): Endpoint {
  return defineEndpoint({
    methods: ["GET"],
    path: "model-versions/search",
    permission: "model.read",
    request: message({
      filter: optional(readTextOrNothing),
      maxResults: withDefault(readInteger, defaultPage),
      orderBy: repeated(readText),
      pageToken: optional(readTextOrNothing),
    }),
    async answer(input, { caller }) {
      const page = await registry.searchVersions(caller, input);
      return {
        model_versions: filled(page.items.map(modelVersionAnswer)),
        next_page_token: page.nextPageToken,
      };
    },
  });
}

function versionTags(registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "model-versions/set-tag",
      permission: "model.edit",
      request: message({ name, version, key: required(readText), value: withDefault(readText, "") }),
      answer: ({ name, version, key, value }, { caller }) =>
        registry.setVersionTag(caller, name, version, { key, value }),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "model-versions/delete-tag",
      permission: "model.edit",
      request: message({ name, version, key: required(readText) }),
      answer: ({ name, version, key }, { caller }) => registry.deleteVersionTag(caller, name, version, key),
    }),
  ];
}
