import { mkdir } from "node:fs/promises";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import type { SnapshotCatalog, SnapshotFolder } from "@runweir/snapshot-domain";
import { type BuildResult, buildSnapshot } from "@runweir/snapshot-duckdb";
import type { WarehouseSettings } from "./config.ts";

/** Readers without a lease have so long to finish after their snapshot was given up. */
const graceSeconds = 600;

export interface PassOptions {
  readonly thorough: boolean;
  /** Clear up behind it though nothing was published. */
  readonly clearUp: boolean;
  /** Ends the pass; nothing of it is published. */
  readonly signal: AbortSignal;
  /** A DuckDB that reads and writes these folders. */
  openDuckDb(folders: readonly string[]): Promise<DuckDb>;
  onDamage(what: string): void;
  onStep(step: string, points?: { readonly done: number; readonly of: number }): void;
}

/**
 * Brings one workspace's snapshot up to date and clears up behind it; undefined when another process is at it. DuckDB
 * lives only as long: between passes the service needs no more memory than any other.
 */
export async function passSnapshot(
  catalog: SnapshotCatalog,
  folder: SnapshotFolder,
  settings: WarehouseSettings,
  workspace: string,
  options: PassOptions,
): Promise<BuildResult | undefined> {
  const { signal } = options;
  await mkdir(folder.root, { recursive: true });
  const duckdb = await options.openDuckDb([`${folder.root}/`]);
  const interrupt = () => duckdb.interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    const result = await catalog.build(workspace, (build) =>
      buildSnapshot(build, {
        workspace,
        duckdb,
        folder,
        purgeAfterSeconds: settings.purgeAfterSeconds,
        thorough: options.thorough,
        onDamage: options.onDamage,
        onStep(step, points) {
          if (signal.aborted) throw stopped();
          options.onStep(step, points);
        },
      }),
    );
    if (result && (result.published || options.clearUp))
      await catalog.collectGarbage(
        workspace,
        { snapshots: settings.keepSnapshots, seconds: settings.keepSeconds, graceSeconds },
        folder.sweep,
      );
    return result;
  } catch (error) {
    throw signal.aborted ? stopped(error) : error;
  } finally {
    signal.removeEventListener("abort", interrupt);
    duckdb.close();
  }
}

function stopped(cause?: unknown): DomainError {
  return new DomainError("unavailable", "The warehouse is being stopped; the next one makes the snapshot.", {
    cause,
  });
}
