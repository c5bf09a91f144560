import { randomUUID } from "node:crypto";
import { createQueryService, observeQueries, recordHistory, withHistory } from "@runweir/analytics-domain";
import { createQueryPool } from "@runweir/analytics-duckdb";
import { sqlRoutes } from "@runweir/analytics-http";
import { createQueryHistoryStore } from "@runweir/analytics-postgres";
import type { Database } from "@runweir/postgres";
import { schemaVersion, tables } from "@runweir/snapshot-domain";
import { compatibilityViews, type SnapshotReader } from "@runweir/snapshot-duckdb";
import type { Logger } from "@runweir/telemetry";
import { findExperimentNumbers } from "@runweir/tracking-postgres";
import type { Registry } from "prom-client";
import type { SqlSettings } from "./config.ts";
import { createSqlMetrics } from "./sql-metrics.ts";
import { createViewPolicy } from "./view-policy.ts";

const waitingMax = 200;
const graceMs = 2_000;

/** SQL of anybody over snapshots, in processes of its own; everybody sees and may take what their rights say at that moment. */
export async function openSql(options: {
  readonly settings: SqlSettings;
  readonly database: Database;
  readonly snapshots: Pick<SnapshotReader, "open">;
  /** A folder of this process alone. */
  readonly spillRoot: string;
  readonly logger: Logger;
  readonly registry: Registry;
}): Promise<{ readonly routes: ReturnType<typeof sqlRoutes>; close(): Promise<void> }> {
  const { settings, logger } = options;
  const now = () => new Date();
  const engine = await createQueryPool({
    workers: settings.workers,
    threadsPerWorker: settings.threads,
    memoryMegabytes: settings.memoryMegabytes,
    spillMegabytes: settings.spillMegabytes,
    spillRoot: options.spillRoot,
    views: compatibilityViews,
    waitingMax,
    graceMs,
    onNotice: (notice) => logger.warn(notice),
  });
  const recorder = recordHistory({
    store: createQueryHistoryStore({ database: options.database }),
    onError: (error) => logger.warn({ err: error }, "What was asked could not be kept."),
  });
  const { onEnd } = createSqlMetrics(options.registry, engine.load);
  const service = createQueryService({
    engine,
    snapshots: options.snapshots,
    policy: createViewPolicy((workspace, filter) =>
      findExperimentNumbers(options.database, workspace, filter),
    ),
    cacheBytesMax: settings.cacheMegabytes * 1_048_576,
    newId: randomUUID,
    now,
  });
  const queries = observeQueries(service, { now, onEnd });
  return {
    routes: sqlRoutes({
      queries: withHistory(queries, { recorder, now }),
      schema: { version: schemaVersion, tables, views: compatibilityViews },
    }),
    async close() {
      await engine.close();
      await recorder.settle();
    },
  };
}
