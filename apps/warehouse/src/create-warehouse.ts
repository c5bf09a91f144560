import { createHttpServer } from "@runweir/http";
import { localOwnerPolicy } from "@runweir/identity-domain";
import { openDatabase } from "@runweir/postgres";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { createLogger, createMetrics } from "@runweir/telemetry";
import type { WarehouseSettings } from "./config.ts";
import { startSchedule } from "./schedule.ts";
import { passSnapshot } from "./snapshot-pass.ts";
import { createWarehouseMetrics } from "./warehouse-metrics.ts";

export interface Warehouse {
  /** Opens the port for health and metrics; resolves with its address. */
  listen(): Promise<string>;
  /** Looks for changes now, not when the schedule would; resolves when that has ended. */
  runNow(): Promise<void>;
  /** Ends the pass under way first. */
  close(): Promise<void>;
}

/** Checksums are compared with the first pass, and once a day. */
const thoroughMilliseconds = 86_400_000;

export function createWarehouse(options: {
  readonly settings: WarehouseSettings;
  readonly databaseUrl: string;
}): Warehouse {
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
    connectionsMax: 4,
  });
  metrics.trackPool("main", database.pool);
  const recorded = createWarehouseMetrics(metrics.registry, { clock: Date });
  const catalog = createSnapshotCatalog(database);
  const problems = new Map<string, string>();
  let checkedAt = Number.NEGATIVE_INFINITY;

  async function pass(workspace: string, thorough: boolean): Promise<void> {
    const began = performance.now();
    const onDamage = (what: string): void => {
      recorded.onDamage();
      logger.error(`${what} It is written anew.`);
    };
    const result = await passSnapshot(catalog, settings, workspace, { thorough, onDamage });
    const seconds = (performance.now() - began) / 1_000;
    recorded.onPass(workspace, result, seconds);
    if (result?.published) logger.info({ workspace, seconds, ...result }, "Published a snapshot.");
  }

  async function passAll(): Promise<void> {
    const thorough = performance.now() - checkedAt >= thoroughMilliseconds;
    await attempt("", async () => {
      for (const workspace of await catalog.listWorkspaces())
        await attempt(workspace, () => pass(workspace, thorough));
    });
    if (thorough && problems.size === 0) checkedAt = performance.now();
  }

  async function attempt(part: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      problems.delete(part);
    } catch (error) {
      recorded.onFailure();
      logger.error({ err: error, workspace: part }, "The snapshot could not be brought up to date.");
      problems.set(part, `No snapshot could be made: ${error instanceof Error ? error.message : error}`);
    }
  }

  const schedule = startSchedule(passAll, settings.everySeconds * 1_000);
  const server = createHttpServer({
    logger,
    metrics,
    authorizer: localOwnerPolicy,
    checkReadiness: async () => ({ ready: problems.size === 0, problems: [...problems.values()] }),
  });
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await server.close();
    await schedule.stop();
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
