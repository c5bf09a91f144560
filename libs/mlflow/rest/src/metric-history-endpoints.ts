import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { defineEndpoint, type Endpoint } from "./endpoint.ts";
import { printHistory, printPoints } from "./metric-history-answer.ts";
import { runId } from "./run-endpoints.ts";
import { readId, readInteger32, readText, readTextOrNothing } from "./wire/field-values.ts";
import { message, optional, repeated, required, requiredList, withDefault } from "./wire/message.ts";

const runsMax = 100;
const bulkPointsMax = 25_000;
const intervalPointsMax = 2_500;

export function metricHistoryEndpoints(tracking: Tracking): readonly Endpoint[] {
  return [history(tracking), bulk(tracking), bulkInterval(tracking)];
}

function history(tracking: Tracking): Endpoint {
  return defineEndpoint({
    methods: ["GET"],
    path: "metrics/get-history",
    permission: "experiment.read",
    request: message({
      runId,
      metricKey: required(readText),
      pageToken: optional(readTextOrNothing),
      maxResults: optional(readInteger32),
    }),
    async answer({ runId, metricKey, pageToken, maxResults }, { caller }) {
      if (maxResults !== undefined && maxResults < 1) throw notPositive(maxResults);
      const request = { runId, key: metricKey, maxResults, pageToken };
      const { points, nextPageToken } = await tracking.getMetricHistory(caller, request);
      return printHistory([printPoints(points, metricKey)], nextPageToken);
    },
  });
}

/** MLflow's pages ask this: one metric of many runs, ordered by run, cut at a number of points in all. */
function bulk(tracking: Tracking): Endpoint {
  return defineEndpoint({
    methods: ["GET"],
    path: "metrics/get-history-bulk",
    permission: "experiment.read",
    request: message({
      runId: repeated(readId),
      metricKey: optional(readText),
      maxResults: withDefault(readInteger32, bulkPointsMax),
    }),
    async answer({ runId, metricKey, maxResults }, { caller }) {
      if (runId.length === 0) throw refuse("GetMetricHistoryBulk request must specify at least one run_id.");
      if (runId.length > runsMax)
        throw refuse(
          `GetMetricHistoryBulk request cannot specify more than ${runsMax} run_ids. Received ${runId.length} run_ids.`,
        );
      if (metricKey === undefined) throw refuse("GetMetricHistoryBulk request must specify a metric_key.");
      if (maxResults < 1) throw notPositive(maxResults);
      let left = Math.min(maxResults, bulkPointsMax);
      const series: string[] = [];
      for (const id of [...new Set(runId)].sort()) {
        if (left === 0) break;
        const points = await pointsOfKnownRun(tracking, caller, {
          runId: id,
          key: metricKey,
          maxResults: left,
        });
        if (points === undefined) continue;
        left -= points.values.length;
        series.push(printPoints(points, metricKey, id));
      }
      return `{"metrics":[${series.filter((text) => text !== "").join(",")}]}`;
    },
  });
}

/** A run that is not there has no points here: the others' are wanted all the same. */
async function pointsOfKnownRun(
  tracking: Tracking,
  caller: Caller,
  request: { readonly runId: string; readonly key: string; readonly maxResults: number },
) {
  try {
    return (await tracking.getMetricHistory(caller, request)).points;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return undefined;
    throw error;
  }
}

function bulkInterval(tracking: Tracking): Endpoint {
  return defineEndpoint({
    methods: ["GET"],
    path: "metrics/get-history-bulk-interval",
    permission: "experiment.read",
    request: message({
      runIds: requiredList(readId),
      metricKey: required(readText),
      startStep: optional(readInteger32),
      endStep: optional(readInteger32),
      maxResults: withDefault(readInteger32, intervalPointsMax),
    }),
    async answer({ runIds, metricKey, startStep, endStep, maxResults }, { caller }) {
      if (runIds.length > runsMax)
        throw refuse(
          `GetMetricHistoryBulkInterval request must specify at most ${runsMax} run_ids. Received ${runIds.length} run_ids.`,
        );
      if (maxResults < 1 || maxResults > intervalPointsMax)
        throw refuse(`max_results must be between 1 and ${intervalPointsMax}.`);
      const request = { runIds, key: metricKey, startStep, endStep, maxResults };
      const series = await tracking.getMetricHistoryInterval(caller, request);
      return printHistory(series.map(({ runId, points }) => printPoints(points, metricKey, runId)));
    },
  });
}

function refuse(text: string): DomainError {
  return new DomainError("invalid_argument", text);
}

function notPositive(maxResults: number): DomainError {
  return refuse(
    `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`,
  );
}
