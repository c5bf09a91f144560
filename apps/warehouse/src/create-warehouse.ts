import { createHttpServer } from "@runweir/http";
import { localOwnerPolicy } from "@runweir/identity-domain";
import { openDatabase } from "@runweir/postgres";
import { createSnapshots } from "@runweir/snapshot-domain";
import { snapshotRoutes } from "@runweir/snapshot-http";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { createLogger, createMetrics } from "@runweir/telemetry";
import type { WarehouseSettings } from "./config.ts";
import { startSchedule } from "./schedule.ts";
import { createSnapshotMaker } from "./snapshot-maker.ts";
import { createWarehouseMetrics } from "./warehouse-metrics.ts";

export interface Warehouse {
  /** Opens the port; resolves with its address. */
  listen(): Promise<string>;
  /** Looks for changes now, not when the schedule would; resolves when that has ended. */
  runNow(): Promise<void>;
  /** Ends the pass under way; what it had written so far goes. */
  close(): Promise<void>;
}

/** Puts the warehouse together. The database is up to date; the schedule begins at once. */
export async function createWarehouse(options: {
  readonly settings: WarehouseSettings;
  readonly databaseUrl: string;
}): Promise<Warehouse> {
  const { settings } = options;
  const logger = createLogger({
    name: "warehouse",
    level: settings.logLevel,
    pretty: settings.logFormat === "pretty",
  });
  const metrics = createMetrics("warehouse");
  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: "runweir-warehouse",
    connectionsMax: 8,
  });
  metrics.trackPool("main", database.pool);
  const recorded = createWarehouseMetrics(metrics.registry, { clock: Date });
  const catalog = createSnapshotCatalog(database);
  const maker = createSnapshotMaker({ catalog, settings, logger, recorded });
  let closing: Promise<void> | undefined;
  const problems = new Map<string, string>();

  async function passAll(): Promise<void> {
    await attempt("", async () => {
      for (const workspace of await catalog.listWorkspaces())
        await attempt(workspace, async () => void (await maker.pass(workspace)));
    });
  }

  async function attempt(part: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      problems.delete(part);
    } catch (error) {
      if (closing) return;
      recorded.onFailure();
      logger.error({ err: error, workspace: part }, "The snapshot could not be brought up to date.");
      problems.set(part, `No snapshot could be made: ${error instanceof Error ? error.message : error}`);
    }
  }

  const server = createHttpServer({
    logger,
    metrics,
    authorizer: localOwnerPolicy,
    checkReadiness: async () => ({ ready: problems.size === 0, problems: [...problems.values()] }),
  });
  await server.register(
    snapshotRoutes({
      snapshots: createSnapshots({
        catalog,
        readManifest: (workspace, { manifestPath, manifestSha256 }) =>
          maker.folderOf(workspace).readManifest(manifestPath, manifestSha256),
        make: maker.make,
        progressOf: maker.progressOf,
        clock: Date,
      }),
    }),
  );
  const schedule = startSchedule(passAll, settings.everySeconds * 1_000);
  async function close(): Promise<void> {
    const stopped = schedule.stop();
    maker.stop();
    await server.close();
    await stopped;
    await database.close();
  }
  return {
    listen: () => server.listen({ host: settings.host, port: settings.port }),
    runNow: schedule.runNow,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
