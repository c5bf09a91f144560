import { DomainError } from "@runweir/errors";
import { offsetOf, offsetToken } from "../filter/page-token.ts";
import type { Tracking } from "../tracking.ts";
import { invalidValue } from "../validation/check-text.ts";
import { limits } from "../validation/limits.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { requireRun } from "./find-or-refuse.ts";

type MetricMethods = Pick<
  Tracking,
  "getMetricHistory" | "getMetricHistoryInterval" | "getMetricStatistics" | "getChart"
>;

/** Reads of series. Runs of other workspaces are as absent as runs that never were. */
export function metricService({ store, metricReader }: TrackingDependencies): MetricMethods {
  return {
    async getMetricHistory({ workspace }, { runId, key, maxResults, pageToken }) {
      const offset = offsetOf(pageToken);
      await requireRun(store, workspace, runId);
      const limit = maxResults ?? Number.MAX_SAFE_INTEGER;
      const { points, total } = await metricReader.history({ runId, key, offset, limit });
      const next = offset + points.values.length;
      return next < total ? { points, nextPageToken: offsetToken(next) } : { points };
    },

    async getMetricHistoryInterval({ workspace }, { runIds, ...request }) {
      if ((request.startStep === undefined) !== (request.endStep === undefined))
        throw new DomainError(
          "invalid_argument",
          "If either start step or end step are specified, both must be specified.",
          { field: request.startStep === undefined ? "start_step" : "end_step" },
        );
      const { startStep = 0, endStep = 0 } = request;
      if (startStep > endStep)
        throw new DomainError(
          "invalid_argument",
          `end_step must be greater than start_step. Found start_step=${startStep} and end_step=${endStep}.`,
          { field: "end_step" },
        );
      const known = await store.findRunIds(workspace, runIds);
      return metricReader.interval({ ...request, runIds: known });
    },

    async getMetricStatistics({ workspace }, runIds) {
      return metricReader.statistics(await store.findRunIds(workspace, runIds));
    },

    async getChart({ workspace }, request) {
      if (request.runIds.length > limits.chartRuns)
        throw new DomainError(
          "invalid_argument",
          `runIds: found ${request.runIds.length} runs, a chart draws at most ${limits.chartRuns}.`,
          { field: "runIds" },
        );
      if (!Number.isInteger(request.buckets) || request.buckets < 1 || request.buckets > 2_000)
        throw invalidValue("buckets", request.buckets, "It must be a whole number from 1 to 2000.");
      const runIds = await store.findRunIds(workspace, request.runIds);
      return metricReader.chart({ ...request, runIds });
    },
  };
}
