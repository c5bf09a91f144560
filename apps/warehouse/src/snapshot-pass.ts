import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "@runweir/duckdb";
import { type BuildResult, buildSnapshot, openSnapshotFolder } from "@runweir/snapshot-duckdb";
import type { SnapshotCatalog } from "@runweir/snapshot-postgres";
import type { WarehouseSettings } from "./config.ts";

/** Readers without a lease have so long to finish after their snapshot was given up. */
const graceSeconds = 600;

/**
 * Brings one workspace's snapshot up to date and clears up behind it; undefined when another process is at it. DuckDB
 * lives only as long: between passes the service needs no more memory than any other.
 */
export async function passSnapshot(
  catalog: SnapshotCatalog,
  settings: WarehouseSettings,
  workspace: string,
  options: { readonly thorough: boolean; readonly onDamage: (what: string) => void },
): Promise<BuildResult | undefined> {
  const root = join(settings.folder, encodeURIComponent(workspace));
  const spillFolder = join(root, `spill-${process.pid}`);
  await mkdir(root, { recursive: true });
  const folder = openSnapshotFolder(root);
  const duckdb = await openDuckDb({
    memoryMegabytes: settings.memoryMegabytes,
    threads: settings.threads,
    folders: [`${root}/`],
    spillFolder,
    spillMegabytes: settings.memoryMegabytes * 16,
  });
  try {
    const result = await catalog.build(workspace, (build) =>
      buildSnapshot(build, {
        workspace,
        duckdb,
        folder,
        purgeAfterSeconds: settings.purgeAfterSeconds,
        ...options,
      }),
    );
    if (result?.published)
      await catalog.collectGarbage(
        workspace,
        { snapshots: settings.keepSnapshots, seconds: settings.keepSeconds, graceSeconds },
        folder.sweep,
      );
    return result;
  } finally {
    duckdb.close();
    await rm(spillFolder, { recursive: true, force: true });
  }
}
