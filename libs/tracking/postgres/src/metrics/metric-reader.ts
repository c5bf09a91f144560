import { type Database, rethrowTranslated } from "@runweir/postgres";
import type { MetricReader } from "@runweir/tracking-domain";
import { createDigests } from "../delivery/digest-run.ts";
import { readDelivery } from "../delivery/read-delivery.ts";
import { catchUp } from "./catch-up.ts";
import { createMetricContext } from "./metric-context.ts";
import { readChart } from "./read-chart.ts";
import { readHistory } from "./read-history.ts";
import { readInterval } from "./read-interval.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { readStatistics } from "./read-statistics.ts";

/** Decoded points kept in memory: 48 MB. */
const cachedPoints = 2_000_000;

/** Reads metric series from Postgres, exact at every moment, whatever folding and merging is under way. */
export function createMetricReader(options: { readonly database: Database }): MetricReader {
  const { database } = options;
  const context = createMetricContext(database, cachedPoints);
  const { cache } = context;
  const digests = createDigests(context);
  return {
    statistics: (runIds, keys) => readStatistics(database, cache, runIds, keys).catch(rethrowTranslated),
    history: (request) => snapshot((client) => readHistory(client, cache, request)),
    interval: (request) => snapshot((client) => readInterval(client, cache, request)),
    chart: (request) => snapshot((client) => readChart(client, cache, request)),
    delivery: (runId) => readDelivery(database, cache, runId).catch(rethrowTranslated),
    digest: (runId) => digests(runId).catch(rethrowTranslated),
    catchUp: (experimentIds) => catchUp(context, experimentIds).catch(rethrowTranslated),
  };

  function snapshot<T>(read: Parameters<typeof readSnapshot<T>>[1]): Promise<T> {
    return readSnapshot(database, read).catch(rethrowTranslated);
  }
}
