import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { openDuckDb } from "@runweir/duckdb";
import { createCallerAssertions, createHttpServer } from "@runweir/http";
import { createCredentialCheck, createRightsReader } from "@runweir/identity-postgres";
import { openDatabase } from "@runweir/postgres";
import { readInstanceKeys } from "@runweir/secrets";
import { createFileLinks, createSnapshots, guardSnapshots } from "@runweir/snapshot-domain";
import { createSnapshotReader } from "@runweir/snapshot-duckdb";
import { fileLinkRoutes, snapshotRoutes } from "@runweir/snapshot-http";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { createLogger, createMetrics } from "@runweir/telemetry";
import type { WarehouseSettings } from "./config.ts";
import { identifyAsserted } from "./identify-asserted.ts";
import { readLinkKey } from "./link-key.ts";
import { openFolders } from "./open-folders.ts";
import { openSql } from "./open-sql.ts";
import { startSchedule } from "./schedule.ts";
import { openScratchFolder } from "./scratch-folder.ts";
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

/**
 * Puts the warehouse together: who makes snapshots, and who opens them for readers. The database is up to date; the
 * schedule begins at once.
 */
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
  const linkKey = await readLinkKey(database, settings.secretKeys).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const recorded = createWarehouseMetrics(metrics.registry, { clock: Date });
  const catalog = createSnapshotCatalog(database);
  // No workspace's folder can have this name.
  const scratch = openScratchFolder(join(settings.folder, "@scratch"));
  await scratch.keep();
  const folderOf = await openFolders(settings);
  const openDuckDbOn = (folders: readonly string[]) =>
    openDuckDb({
      memoryMegabytes: settings.memoryMegabytes,
      threads: settings.threads,
      folders,
      spillFolder: join(scratch.path, `spill-${randomUUID()}`),
      spillMegabytes: settings.memoryMegabytes * 16,
    });
  const maker = createSnapshotMaker({
    catalog,
    settings,
    logger,
    recorded,
    folderOf,
    openDuckDb: openDuckDbOn,
  });
  const reader = createSnapshotReader({
    catalog,
    holder: `warehouse ${scratch.path}`,
    scratch: scratch.path,
    folderOf,
    openDuckDb: openDuckDbOn,
    makeSnapshot: maker.make,
    onDamage(workspace, what) {
      logger.error({ workspace }, what);
      // A pass finds it too, and replaces it; however many readers say so, one of them waits.
      void attempt(workspace, async () => void (await maker.pass(workspace)));
    },
    onTrouble: (error) => logger.warn({ err: error }, "A snapshot's lease is in trouble; it is tried again."),
  });
  let closing: Promise<void> | undefined;
  const problems = new Map<string, string>();

  async function passAll(): Promise<void> {
    await attempt("", async () => {
      await scratch.keep();
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

  const assertions = createCallerAssertions({
    keys: await readInstanceKeys(settings.secretKeys),
    audience: "warehouse",
    now: () => new Date(),
  });
  const server = createHttpServer({
    logger,
    metrics,
    // What the API says of a caller is good for a minute, and it cuts off itself what has to end.
    renews: false,
    identify: identifyAsserted({
      assertions,
      isOpen: settings.identity === "open",
      rights: createRightsReader({ database }),
    }),
    checkReadiness: async () => ({ ready: problems.size === 0, problems: [...problems.values()] }),
  });
  const snapshots = guardSnapshots(
    createSnapshots({
      catalog,
      readManifest: (workspace, { manifestPath, manifestSha256 }) =>
        folderOf(workspace).readManifest(manifestPath, manifestSha256),
      make: maker.make,
      progressOf: maker.progressOf,
      clock: Date,
    }),
  );
  await server.register(snapshotRoutes({ snapshots }));
  const now = () => new Date();
  await server.register(
    fileLinkRoutes({
      snapshots,
      links: createFileLinks({ key: linkKey, now }),
      isGood: createCredentialCheck({ database, isOpen: settings.identity === "open", now }),
      keep: (workspace, seq, seconds) => catalog.lease(workspace, { holder: "links to files", seconds, seq }),
      open: reader.open,
      now,
    }),
  );
  const sql = await openSql({
    settings: settings.sql,
    database,
    snapshots: reader,
    spillRoot: join(scratch.path, "sql"),
    logger,
    registry: metrics.registry,
  });
  await server.register(sql.routes);
  const schedule = startSchedule(passAll, settings.everySeconds * 1_000);
  async function close(): Promise<void> {
    const stopped = schedule.stop();
    maker.stop();
    await server.close();
    await sql.close();
    await stopped;
    await reader.close();
    await scratch.remove();
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
