import type { LogTransport } from "@runweir/ingest-domain";
import type { MetricReader } from "../metric-reader.ts";

/** A reader whose every read first waits for what was accepted before it, so that none is ever silently stale. */
export function readApplied(reader: MetricReader, log: Pick<LogTransport, "awaitApplied">): MetricReader {
  return {
    async statistics(runIds, keys) {
      await log.awaitApplied(runIds);
      return reader.statistics(runIds, keys);
    },
    async history(request) {
      await log.awaitApplied([request.runId]);
      return reader.history(request);
    },
    async interval(request) {
      await log.awaitApplied(request.runIds);
      return reader.interval(request);
    },
    async chart(request) {
      await log.awaitApplied(request.runIds);
      return reader.chart(request);
    },
    async delivery(runId) {
      await log.awaitApplied([runId]);
      return reader.delivery(runId);
    },
    async digest(runId) {
      await log.awaitApplied([runId]);
      return reader.digest(runId);
    },
    async catchUp(experimentIds) {
      // A search reads runs that nobody has named yet, so it waits for every partition.
      if (experimentIds.length > 0) await log.awaitApplied("all");
      return reader.catchUp(experimentIds);
    },
  };
}
