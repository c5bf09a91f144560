import type { Dataset, DatasetInput, Tracking } from "@runweir/tracking-domain";
import { defineEndpoint, type Endpoint } from "./endpoint.ts";
import { runId } from "./run-endpoints.ts";
import { readDouble, readInteger, readText, readTextOrNothing } from "./wire/field-values.ts";
import { readKeyValue } from "./wire/key-value.ts";
import {
  type Message,
  message,
  optional,
  repeated,
  required,
  requiredList,
  withDefault,
} from "./wire/message.ts";
import { readMetricInputs } from "./wire/metric-input.ts";

const keyValue = { key: required(readText), value: withDefault(readText, "") };

export function runLogEndpoints(tracking: Tracking): readonly Endpoint[] {
  return [
    logEndpoint(
      "runs/log-metric",
      message({
        runId,
        key: required(readText),
        value: required(readDouble),
        timestamp: required(readInteger),
        step: withDefault(readInteger, 0),
        modelId: optional(readTextOrNothing),
        datasetName: optional(readTextOrNothing),
        datasetDigest: optional(readTextOrNothing),
      }),
      (caller, { runId, ...metric }) => tracking.logMetric(caller, runId, metric),
    ),
    logEndpoint(
      "runs/log-batch",
      message({
        runId,
        metrics: withDefault(readMetricInputs, []),
        params: repeated(readKeyValue),
        tags: repeated(readKeyValue),
      }),
      (caller, batch) => tracking.logBatch(caller, batch),
    ),
    logEndpoint("runs/log-parameter", message({ runId, ...keyValue }), (caller, { runId, ...param }) =>
      tracking.logParam(caller, runId, param),
    ),
    logEndpoint("runs/set-tag", message({ runId, ...keyValue }), (caller, { runId, ...tag }) =>
      tracking.setTag(caller, runId, tag),
    ),
    logEndpoint("runs/delete-tag", message({ runId, key: keyValue.key }), (caller, { runId, key }) =>
      tracking.deleteTag(caller, runId, key),
    ),
    ...inputsAndOutputs(tracking),
  ];
}

function inputsAndOutputs(tracking: Tracking): readonly Endpoint[] {
  const modelId = required(readText);
  return [
    logEndpoint(
      "runs/log-inputs",
      message({ runId, datasets: repeated(readDatasetInput), models: repeated(message({ modelId }).read) }),
      (caller, inputs) => tracking.logInputs(caller, inputs),
    ),
    logEndpoint(
      "runs/outputs",
      message({ runId, models: requiredList(message({ modelId, step: withDefault(readInteger, 0) }).read) }),
      (caller, { runId, models }) => tracking.logOutputs(caller, runId, models),
    ),
    logEndpoint(
      "runs/log-model",
      message({ runId, modelJson: required(readText) }),
      (caller, { runId, modelJson }) => tracking.recordLoggedModelJson(caller, runId, modelJson),
    ),
  ];
}

type CallerOf<T extends (caller: never, ...rest: never[]) => unknown> = Parameters<T>[0];

/** What is logged is a POST whose answer is empty. */
function logEndpoint<T>(
  path: string,
  request: Message<T>,
  log: (caller: CallerOf<Tracking["logBatch"]>, input: T) => Promise<void>,
): Endpoint {
  return defineEndpoint({
    methods: ["POST"],
    path,
    permission: path === "runs/delete-tag" ? "experiment.edit" : "experiment.log",
    request,
    answer: (input, { caller }) => log(caller, input),
  });
}

const datasetMessage: Message<Dataset> = message({
  name: required(readText),
  digest: required(readText),
  sourceType: withDefault(readText, ""),
  source: withDefault(readText, ""),
  schema: optional(readTextOrNothing),
  profile: optional(readTextOrNothing),
});

const datasetInputMessage = message({
  tags: repeated(readKeyValue),
  dataset: required(datasetMessage.read),
});

function readDatasetInput(value: unknown, at: string): DatasetInput {
  return datasetInputMessage.read(value, at);
}
