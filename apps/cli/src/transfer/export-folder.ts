import { existsSync } from "node:fs";
import { DomainError } from "@runweir/errors";
import { defaultWorkspace } from "@runweir/identity-domain";
import { createTrackingOver } from "@runweir/ingest-app";
import type { Database } from "@runweir/postgres";
import type { Manifest, SnapshotFolder } from "@runweir/snapshot-domain";
import { printViews } from "@runweir/snapshot-duckdb";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { createTrackingStore } from "@runweir/tracking-postgres";
import {
  type Encoding,
  type ExportManifest,
  type ExportPlan,
  requireSameChoice,
} from "@runweir/transfer-domain";
import { type ExportFolder, openExportFolder, planExport, writeExport } from "@runweir/transfer-duckdb";
import { openFolders, type WarehouseSettings } from "@runweir/warehouse-app";
import { askServer } from "../ask-server.ts";
import { readDatabasePlace, readSnapshotPlace } from "../config.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { type HeldSnapshot, holdSnapshot } from "./hold-snapshot.ts";
import { openArtifacts } from "./open-artifacts.ts";
import { withDuckDb, withTemporaryFolder } from "./open-transfer-duckdb.ts";
import type { ShownProgress } from "./show-progress.ts";

export interface ExportOptions {
  readonly experiments: readonly string[];
  readonly artifacts: boolean;
  readonly encoding: Encoding;
  readonly data: string | undefined;
  readonly onProgress: (progress: ShownProgress) => void;
  readonly say: (text: string) => void;
}

const workspace = defaultWorkspace;

/** Exports from a snapshot that is made now, or goes on with the one that an interrupted export had begun with. */
export async function exportFolder(path: string, options: ExportOptions): Promise<ExportManifest> {
  const folder = await openExportFolder(path);
  return withRunningDatabase(options.data, async (database, url) => {
    const { snapshot, begun } = await chooseSnapshot(database, folder, options);
    const { home } = readDatabasePlace(options.data);
    const place = await readSnapshotPlace(home, url);
    const snapshots = (await openFolders(place))(workspace);
    const manifest = await readManifest(snapshots, snapshot, place);
    const letGo = await snapshots.hold(manifest.files);
    const catalog = createSnapshotCatalog(database);
    const hidden = begun?.hidden ?? (await catalog.findHidden(workspace, snapshot.lease.seq));
    const store = createTrackingStore({ database });
    const artifacts = await openArtifacts(home, createTrackingOver(database)(store));
    const written = await withTemporaryFolder((spill) =>
      withDuckDb([snapshots.root, folder.root], spill, async (duckdb) => {
        for (const view of printViews(manifest, { locate: snapshots.locate, hidden })) await duckdb.run(view);
        const plan = await planExport(duckdb, {
          workspace,
          snapshot: snapshot.lease.seq,
          asOf: snapshot.lease.asOf.toISOString(),
          experiments: options.experiments,
          encoding: options.encoding,
          artifacts: options.artifacts,
          hidden: [...hidden],
        });
        if (begun) requireSameChoice(begun, plan);
        else await folder.begin(plan);
        return writeExport({
          duckdb,
          folder,
          plan: begun ?? plan,
          now: new Date(),
          artifacts,
          keep: snapshot.keep,
          onProgress: options.onProgress,
          onDamage: options.say,
        });
      }),
    );
    letGo();
    await snapshot.release();
    return written;
  });
}

async function chooseSnapshot(
  database: Database,
  folder: ExportFolder,
  { data, say }: ExportOptions,
): Promise<{ readonly snapshot: HeldSnapshot; readonly begun: ExportPlan | undefined }> {
  const catalog = createSnapshotCatalog(database);
  const { begun } = folder;
  if (begun) {
    const snapshot = await holdSnapshot(catalog, workspace, begun.snapshot);
    if (snapshot) {
      say(`Going on with the export of snapshot ${begun.snapshot}.`);
      return { snapshot, begun };
    }
    say(`Snapshot ${begun.snapshot}, which the export was begun with, is gone; it begins anew.`);
  }
  const made = (await askServer(data)("/api/snapshots", { method: "POST" })) as { readonly number: number };
  const snapshot = await holdSnapshot(catalog, workspace, made.number);
  if (snapshot) return { snapshot, begun: undefined };
  throw new DomainError(
    "failed_precondition",
    `Snapshot ${made.number} is not in the database that was named.`,
  );
}

function readManifest(
  folder: SnapshotFolder,
  { lease }: HeldSnapshot,
  place: WarehouseSettings,
): Promise<Manifest> {
  if (!place.store && !existsSync(folder.root))
    throw new DomainError(
      "failed_precondition",
      `There are no snapshots in ${folder.root}. RUNWEIR_SNAPSHOT_FOLDER and RUNWEIR_SNAPSHOT_STORE say where the server keeps them.`,
      { reason: "no_snapshots" },
    );
  return folder.readManifest(lease.manifestPath, lease.manifestSha256);
}
