import { setTimeout as pause } from "node:timers/promises";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import {
  type MadeSnapshot,
  type SnapshotCatalog,
  type SnapshotFolder,
  type SnapshotProgress,
  takeTurns,
} from "@runweir/snapshot-domain";
import type { Logger } from "@runweir/telemetry";
import type { WarehouseSettings } from "./config.ts";
import { passSnapshot } from "./snapshot-pass.ts";
import type { WarehouseMetrics } from "./warehouse-metrics.ts";

/** Another process may be at it for as long as a full build takes; whoever asked waits so long. */
const waitMs = 600_000;
const lookMs = 200;
/** Checksums are compared with the first pass over a workspace, and once a day. */
const thoroughMs = 86_400_000;
/** Files whose time of grace is over go with the next snapshot, or after so long. */
const clearedMs = 3_600_000;

export interface SnapshotMaker {
  /** Looks for changes, once; undefined when another process does. */
  pass(workspace: string): Promise<MadeSnapshot | undefined>;
  /** Makes a snapshot of what there is now, whoever else is at it. */
  make(workspace: string): Promise<MadeSnapshot>;
  progressOf(workspace: string): SnapshotProgress | undefined;
  /** Ends what is under way. */
  stop(): void;
}

/** Makes the snapshots of all workspaces; each workspace's one after the other. */
export function createSnapshotMaker(options: {
  readonly catalog: SnapshotCatalog;
  readonly settings: WarehouseSettings;
  readonly logger: Logger;
  readonly recorded: WarehouseMetrics;
  folderOf(workspace: string): SnapshotFolder;
  openDuckDb(folders: readonly string[]): Promise<DuckDb>;
}): SnapshotMaker {
  const { catalog, settings, logger, recorded } = options;
  const stopping = new AbortController();
  const building = new Map<string, SnapshotProgress>();
  const checkedAt = new Map<string, number>();
  const clearedAt = new Map<string, number>();

  const pass = takeTurns(async (workspace) => {
    const began = performance.now();
    const startedAt = new Date();
    const thorough = began - (checkedAt.get(workspace) ?? Number.NEGATIVE_INFINITY) >= thoroughMs;
    const clearUp = began - (clearedAt.get(workspace) ?? Number.NEGATIVE_INFINITY) >= clearedMs;
    try {
      const result = await passSnapshot(catalog, options.folderOf(workspace), settings, workspace, {
        thorough,
        clearUp,
        signal: stopping.signal,
        openDuckDb: options.openDuckDb,
        onDamage(what) {
          recorded.onDamage();
          logger.error({ workspace }, `${what} It is written anew.`);
        },
        onStep: (step, points) => building.set(workspace, { startedAt, step, points }),
      });
      if (result && thorough) checkedAt.set(workspace, began);
      if (result && (clearUp || result.published)) clearedAt.set(workspace, began);
      const seconds = (performance.now() - began) / 1_000;
      recorded.onPass(workspace, result, seconds);
      if (result?.published) logger.info({ workspace, seconds, ...result }, "Published a snapshot.");
      return result && { ...result, number: result.seq };
    } finally {
      building.delete(workspace);
    }
  });

  return {
    pass,
    async make(workspace) {
      const deadline = performance.now() + waitMs;
      for (;;) {
        const made = await pass(workspace);
        if (made) return made;
        if (performance.now() > deadline)
          throw new DomainError(
            "unavailable",
            "Another warehouse has been making a snapshot for ten minutes; ask again.",
            { retryAfterSeconds: 60 },
          );
        await pause(lookMs);
      }
    },
    progressOf: (workspace) => building.get(workspace),
    stop: () => stopping.abort(),
  };
}
