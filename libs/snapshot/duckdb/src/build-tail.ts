import type { DuckDb } from "@runweir/duckdb";
import type { Manifest, SnapshotBuild, SnapshotFolder } from "@runweir/snapshot-domain";
import { assembleFiles } from "./assemble-files.ts";
import type { BuildContext } from "./build-context.ts";
import { readCurrent } from "./find-start.ts";

/**
 * The snapshot as it would be now, which nobody publishes: `folder` takes the files of what changed, the others are those
 * of the current one. Undefined when everything would have to be read anew: that is a snapshot's work.
 */
export async function buildTail(
  build: SnapshotBuild,
  options: {
    readonly workspace: string;
    readonly duckdb: DuckDb;
    readonly folder: SnapshotFolder;
    onDamage(what: string): void;
  },
): Promise<Manifest | undefined> {
  const context: BuildContext = {
    build,
    duckdb: options.duckdb,
    folder: options.folder,
    batchPoints: 4_000_000,
    written: [],
    // Whoever asked for the tail holds the snapshot that it goes on from.
    hold: async () => {},
    onStep() {},
  };
  const start = await readCurrent(context, options);
  if (!start) return undefined;
  return (await assembleFiles(context, options.workspace, start, undefined)).manifest;
}
