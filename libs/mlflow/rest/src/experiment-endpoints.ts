import type { Tracking, ViewType } from "@runweir/tracking-domain";
import { defineEndpoint, type Endpoint } from "./endpoint.ts";
import { experimentAnswer, filled } from "./experiment-answer.ts";
import { readChoice, readInteger, readText, readTextOrNothing } from "./wire/field-values.ts";
import { readKeyValue } from "./wire/key-value.ts";
import { message, optional, repeated, required, withDefault } from "./wire/message.ts";

export const readViewType = readChoice<ViewType>(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]);

const experimentId = required(readText);
const justExperiment = message({ experimentId });

export function experimentEndpoints(tracking: Tracking): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/create",
      permission: "experiment.create",
      request: message({
        name: required(readText),
        artifactLocation: optional(readTextOrNothing),
        tags: repeated(readKeyValue),
      }),
      answer: async (input, { caller }) => ({
        experiment_id: await tracking.createExperiment(caller, input),
      }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "experiments/get",
      permission: "experiment.read",
      request: justExperiment,
      answer: async ({ experimentId }, { caller }) => ({
        experiment: experimentAnswer(await tracking.getExperiment(caller, experimentId)),
      }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "experiments/get-by-name",
      permission: "experiment.read",
      request: message({ experimentName: required(readText) }),
      answer: async ({ experimentName }, { caller }) => ({
        experiment: experimentAnswer(await tracking.getExperimentByName(caller, experimentName)),
      }),
    }),
    defineEndpoint({
      methods: ["GET", "POST"],
      path: "experiments/search",
      permission: "experiment.read",
      request: message({
        viewType: withDefault(readViewType, "ACTIVE_ONLY"),
        maxResults: withDefault(readInteger, 1_000),
        orderBy: repeated(readText),
        filter: optional(readTextOrNothing),
        pageToken: optional(readTextOrNothing),
      }),
      async answer(input, { caller }) {
        const page = await tracking.searchExperiments(caller, input);
        return {
          experiments: filled(page.items.map(experimentAnswer)),
          next_page_token: page.nextPageToken,
        };
      },
    }),
    ...experimentChanges(tracking),
  ];
}

function experimentChanges(tracking: Tracking): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/delete",
      permission: "experiment.manage",
      request: justExperiment,
      answer: ({ experimentId }, { caller }) => tracking.deleteExperiment(caller, experimentId),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/restore",
      permission: "experiment.manage",
      request: justExperiment,
      answer: ({ experimentId }, { caller }) => tracking.restoreExperiment(caller, experimentId),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/update",
      permission: "experiment.edit",
      request: message({ experimentId, newName: required(readText) }),
      answer: ({ experimentId, newName }, { caller }) =>
        tracking.renameExperiment(caller, experimentId, newName),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/set-experiment-tag",
      permission: "experiment.edit",
      request: message({ experimentId, key: required(readText), value: withDefault(readText, "") }),
      answer: ({ experimentId, key, value }, { caller }) =>
        tracking.setExperimentTag(caller, experimentId, { key, value }),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/delete-experiment-tag",
      permission: "experiment.edit",
      request: message({ experimentId, key: required(readText) }),
      answer: ({ experimentId, key }, { caller }) => tracking.deleteExperimentTag(caller, experimentId, key),
    }),
  ];
}
