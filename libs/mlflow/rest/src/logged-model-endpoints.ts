import { loggedModelStatuses, type Tracking } from "@runweir/tracking-domain";
import { type Asked, defineEndpoint, type Endpoint } from "./endpoint.ts";
import { filled } from "./experiment-answer.ts";
import { loggedModelAnswer, wireModelStatus } from "./logged-model-answer.ts";
import { readChoice, readFlag, readInteger32, readText, readTextOrNothing } from "./wire/field-values.ts";
import { readKeyValue } from "./wire/key-value.ts";
import { message, optional, repeated, required, requiredList, withDefault } from "./wire/message.ts";

/** The model is named by the path; clients repeat it in the body, where it is not looked at. */
const modelIdOf = ({ params }: Asked): string => params.modelId ?? "";

const nothing = message({});

export function loggedModelEndpoints(tracking: Tracking): readonly Endpoint[] {
  return [
    createModel(tracking),
    searchModels(tracking),
    defineEndpoint({
      methods: ["GET"],
      path: "logged-models/:modelId",
      permission: "experiment.read",
      request: nothing,
      answer: async (_input, asked) => ({
        model: loggedModelAnswer(await tracking.getLoggedModel(asked.caller, modelIdOf(asked))),
      }),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "logged-models/:modelId",
      permission: "experiment.log",
      request: message({ status: required(readChoice(loggedModelStatuses, wireModelStatus)) }),
      answer: async ({ status }, asked) => ({
        model: loggedModelAnswer(await tracking.finalizeLoggedModel(asked.caller, modelIdOf(asked), status)),
      }),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "logged-models/:modelId",
      permission: "experiment.manage",
      request: nothing,
      answer: (_input, asked) => tracking.deleteLoggedModel(asked.caller, modelIdOf(asked)),
    }),
    ...modelDetails(tracking),
  ];
}

function createModel(tracking: Tracking): Endpoint {
  return defineEndpoint({
    methods: ["POST"],
    path: "logged-models",
    permission: "experiment.log",
    request: message({
      experimentId: required(readText),
      name: optional(readTextOrNothing),
      modelType: optional(readTextOrNothing),
      sourceRunId: optional(readTextOrNothing),
      params: repeated(readKeyValue),
      tags: repeated(readKeyValue),
    }),
    answer: async (input, { caller }) => ({
      model: loggedModelAnswer(await tracking.createLoggedModel(caller, input)),
    }),
  });
}

function searchModels(tracking: Tracking): Endpoint {
  const dataset = message({ datasetName: required(readText), datasetDigest: optional(readTextOrNothing) });
  const order = message({
    fieldName: required(readText),
    ascending: withDefault(readFlag, true),
    datasetName: optional(readTextOrNothing),
    datasetDigest: optional(readTextOrNothing),
  });
  return defineEndpoint({
    methods: ["POST"],
    path: "logged-models/search",
    permission: "experiment.read",
    request: message({
      experimentIds: requiredList(readText),
      filter: optional(readTextOrNothing),
      datasets: repeated(dataset.read),
      maxResults: withDefault(readInteger32, 50),
      orderBy: repeated(order.read),
      pageToken: optional(readTextOrNothing),
    }),
    async answer({ datasets, ...input }, { caller }) {
      const page = await tracking.searchLoggedModels(caller, {
        ...input,
        datasets: filled(
          datasets.map(({ datasetName, datasetDigest }) => ({ name: datasetName, digest: datasetDigest })),
        ),
      });
      return { models: filled(page.items.map(loggedModelAnswer)), next_page_token: page.nextPageToken };
    },
  });
}

function modelDetails(tracking: Tracking): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["PATCH"],
      path: "logged-models/:modelId/tags",
      permission: "experiment.log",
      request: message({ tags: repeated(readKeyValue) }),
      async answer({ tags }, asked) {
        await tracking.setLoggedModelTags(asked.caller, modelIdOf(asked), tags);
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "logged-models/:modelId/tags/:key",
      permission: "experiment.edit",
      request: nothing,
      answer: (_input, asked) =>
        tracking.deleteLoggedModelTag(asked.caller, modelIdOf(asked), asked.params.key ?? ""),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "logged-models/:modelId/params",
      permission: "experiment.log",
      request: message({ params: repeated(readKeyValue) }),
      answer: ({ params }, asked) => tracking.logLoggedModelParams(asked.caller, modelIdOf(asked), params),
    }),
  ];
}
