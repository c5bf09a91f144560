import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDb, openDuckDb } from "@runweir/duckdb";
import { createTestDatabase } from "@runweir/postgres/testing";
import { registryMigrations } from "@runweir/registry-postgres";
import { type Manifest, type SnapshotFolder, tables } from "@runweir/snapshot-domain";
import { createSnapshotCatalog, snapshotMigrations } from "@runweir/snapshot-postgres";
import { trackingMigrations } from "@runweir/tracking-postgres";
import { type BuildResult, buildSnapshot, type SnapshotOptions } from "../src/build-snapshot.ts";
import { printViews } from "../src/print-views.ts";
import { compatibilityViews } from "../src/reading/compatibility-views.ts";
import { createSnapshotReader, type OpenedSnapshot } from "../src/reading/snapshot-reader.ts";
import { openSnapshotFolder } from "../src/snapshot-folder.ts";

/** A real database, a folder for snapshots, and a DuckDB to write them with. */
export async function createSnapshotTestPlace(options: { openFolder?(root: string): SnapshotFolder } = {}) {
  const { openFolder = openSnapshotFolder } = options;
  const database = await createTestDatabase([trackingMigrations, registryMigrations, snapshotMigrations]);
  const home = await mkdtemp(join(tmpdir(), "runweir-snapshot-"));
  const folder = openFolder(join(home, "default"));
  const catalog = createSnapshotCatalog(database);
  const duckdb = await openTestDuckDb(home);

  async function readManifest(seq?: number): Promise<Manifest> {
    const lease = await catalog.lease("default", {
      holder: "test",
      seconds: 60,
      ...(seq === undefined ? {} : { seq }),
    });
    await catalog.release(lease.leaseId);
    return folder.readManifest(lease.manifestPath, lease.manifestSha256);
  }

  /** The lock of a builder that was just killed may outlive it for a moment. */
  async function pass(options: Partial<SnapshotOptions> = {}): Promise<BuildResult> {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const result = await catalog.build("default", (build) =>
        buildSnapshot(build, { workspace: "default", duckdb, folder, ...options }),
      );
      if (result) return result;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("another builder has been at work for too long");
  }

  const damage: string[] = [];
  const openReader = (from = folder) =>
    createSnapshotReader({
      catalog,
      holder: "test",
      scratch: join(home, "scratch"),
      folderOf: () => from,
      openDuckDb: () => openTestDuckDb(home),
      makeSnapshot: () => pass(),
      onDamage: (_workspace, what) => damage.push(what),
      onTrouble(error) {
        throw error;
      },
    });
  const readers = new Set<ReturnType<typeof openReader>>();

  return {
    database,
    home,
    folder,
    catalog,
    duckdb,
    readManifest,
    pass,
    /** What readers said was damaged. */
    damage,
    openReader(from?: SnapshotFolder) {
      const reader = openReader(from);
      readers.add(reader);
      return reader;
    },
    /** The rows of a query over what a reader has opened, as a sandbox would ask it. */
    async readOpened<Row extends Record<string, unknown>>(
      sql: string,
      opened: OpenedSnapshot,
      workspace = "default",
    ): Promise<readonly Row[]> {
      const asked = await openTestDuckDb(home);
      try {
        for (const table of tables) {
          const files = (opened.tables[table.name] ?? []).map((path) => `'${path}'`).join(", ");
          const hidden = table.kind === "run" ? [-1, ...opened.hidden].join(", ") : "";
          await asked.run(
            `CREATE VIEW ${table.name} AS SELECT * FROM read_parquet([${files}])
             ${hidden && `WHERE run_no NOT IN (${hidden})`}`,
          );
        }
        for (const view of compatibilityViews)
          await asked.run(`CREATE VIEW ${view.name} AS ${view.sql(workspace)}`);
        return await asked.query<Row>(sql);
      } finally {
        asked.close();
      }
    },
    /** The rows of a query over the views of a snapshot, asked of a DuckDB of its own. */
    async read<Row extends Record<string, unknown>>(sql: string, seq?: number): Promise<readonly Row[]> {
      const manifest = await readManifest(seq);
      const hidden = await catalog.findHidden("default", manifest.seq);
      const reader = await openTestDuckDb(home);
      try {
        for (const view of printViews(manifest, { locate: folder.locate, hidden })) await reader.run(view);
        return await reader.query<Row>(sql);
      } finally {
        reader.close();
      }
    },
    async close() {
      for (const reader of readers) await reader.close();
      duckdb.close();
      await database.drop();
      await rm(home, { recursive: true });
    },
  };
}

export function openTestDuckDb(home: string): Promise<DuckDb> {
  return openDuckDb({
    memoryMegabytes: 512,
    threads: 2,
    folders: [`${home}/`],
    spillFolder: join(home, "spill"),
    spillMegabytes: 1_000,
  });
}
