import { runStatuses, type Tracking } from "@runweir/tracking-domain";
import { defineEndpoint, type Endpoint } from "./endpoint.ts";
import { filled } from "./experiment-answer.ts";
import { readViewType } from "./experiment-endpoints.ts";
import { runAnswer, runInfoAnswer } from "./run-answer.ts";
import {
  type ReadValue,
  readChoice,
  readId,
  readInteger,
  readInteger32,
  readText,
  readTextOrNothing,
} from "./wire/field-values.ts";
import { readKeyValue } from "./wire/key-value.ts";
import { message, optional, repeated, required, withDefault } from "./wire/message.ts";
import { RefusedValue } from "./wire/refused-value.ts";

/** Clients send either name, some both. */
export const runId = required(readId, "run_uuid");

/** Where a run goes whose client names no experiment. */
const defaultExperimentId = "0";

const justRun = message({ runId });

const readRunsMax: ReadValue<number> = (value, at) => {
  const number = readInteger32(value, at);
  if (number <= 50_000) return number;
  throw new RefusedValue(at, value, "at most 50000");
};

export function runEndpoints(tracking: Tracking): readonly Endpoint[] {
  return [
    createRun(tracking),
    defineEndpoint({
      methods: ["GET"],
      path: "runs/get",
      permission: "experiment.read",
      request: justRun,
      answer: async ({ runId }, { caller }) => ({ run: runAnswer(await tracking.getRun(caller, runId)) }),
    }),
    searchRuns(tracking),
    defineEndpoint({
      methods: ["POST"],
      path: "runs/update",
      permission: "experiment.log",
      request: message({
        runId,
        status: optional(readChoice(runStatuses)),
        endTime: optional(readInteger),
        runName: optional(readTextOrNothing),
      }),
      answer: async (input, { caller }) => ({
        run_info: runInfoAnswer(await tracking.updateRun(caller, input)),
      }),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "runs/delete",
      permission: "experiment.manage",
      request: justRun,
      answer: ({ runId }, { caller }) => tracking.deleteRun(caller, runId),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "runs/restore",
      permission: "experiment.manage",
      request: justRun,
      answer: ({ runId }, { caller }) => tracking.restoreRun(caller, runId),
    }),
  ];
}

function createRun(tracking: Tracking): Endpoint {
  return defineEndpoint({
    methods: ["POST"],
    path: "runs/create",
    permission: "experiment.log",
    request: message({
      experimentId: optional(readText),
      userId: optional(readText),
      runName: optional(readTextOrNothing),
      startTime: optional(readInteger),
      tags: repeated(readKeyValue),
    }),
    async answer(input, { caller }) {
      const experimentId = input.experimentId || defaultExperimentId;
      return { run: runAnswer(await tracking.createRun(caller, { ...input, experimentId })) };
    },
  });
}

function searchRuns(tracking: Tracking): Endpoint {
  return defineEndpoint({
    methods: ["POST"],
    path: "runs/search",
    permission: "experiment.read",
    request: message({
      experimentIds: repeated(readText),
      filter: optional(readTextOrNothing),
      runViewType: withDefault(readViewType, "ACTIVE_ONLY"),
      maxResults: withDefault(readRunsMax, 1_000),
      orderBy: repeated(readText),
      pageToken: optional(readTextOrNothing),
    }),
    async answer({ runViewType, ...input }, { caller }) {
      const page = await tracking.searchRuns(caller, { ...input, viewType: runViewType });
      return { runs: filled(page.items.map(runAnswer)), next_page_token: page.nextPageToken };
    },
  });
}
