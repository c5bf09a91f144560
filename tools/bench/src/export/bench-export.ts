import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDb, openDuckDb } from "@runweir/duckdb";
import { pointTables, type TableSchema, tables } from "@runweir/snapshot-domain";
import { openExportFolder, planExport, writeExport } from "@runweir/transfer-duckdb";
import type { BenchOptions } from "../tracking/bench-tracking.ts";

const keys = 10;
const stepsPerSeries = 500;
const runsPerExperiment = 100;

/**
 * How fast points go from the files of a snapshot into an export, checksums and syncing to the disk included: random
 * float64 values, the worst case for compression, in 4 million rows a file as settled snapshots have.
 */
export async function benchExport(options: BenchOptions): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "runweir-bench-export-"));
  const duckdb = await openDuckDb({
    memoryMegabytes: 1_536,
    threads: Math.min(8, availableParallelism()),
    folders: [`${home}/`],
    spillFolder: join(home, "spill"),
    spillMegabytes: 50_000,
  });
  const results: { encoding: string; rows: number; seconds: number; bytes: number }[] = [];
  try {
    const points = await writeSnapshot(duckdb, home, options.points);
    console.log(`${points} points in ${Math.ceil(points / (keys * stepsPerSeries))} runs`);
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const encoding of ["v1", "v2"] as const) {
        const began = performance.now();
        const folder = await openExportFolder(join(home, `export-${encoding}-${round}`));
        const plan = await planExport(duckdb, {
          workspace: "default",
          snapshot: 1,
          asOf: new Date(0).toISOString(),
          experiments: [],
          encoding,
          artifacts: false,
          hidden: [],
        });
        await folder.begin(plan);
        const manifest = await writeExport({
          duckdb,
          folder,
          plan,
          now: new Date(),
          artifacts: noArtifacts,
          keep: async () => {},
          onProgress: () => {},
          onDamage: console.error,
        });
        const seconds = (performance.now() - began) / 1_000;
        const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
        const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        results.push({ encoding, rows, seconds, bytes });
        console.log(
          `${encoding} ${round}: ${seconds.toFixed(2)} s, ${(rows / seconds / 1e6).toFixed(2)} M rows/s, ` +
            `${(bytes / 1e6).toFixed(0)} MB, ${(bytes / points).toFixed(1)} bytes per point`,
        );
        await rm(folder.root, { recursive: true });
      }
    }
  } finally {
    duckdb.close();
    await rm(home, { recursive: true, force: true });
  }
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
}

const none = () => Promise.reject(new Error("this export has no artifacts"));
const noArtifacts = { list: none, open: none };

/** The tables of a snapshot as views: points and their summaries in files, experiments and nothing else beside them. */
async function writeSnapshot(duckdb: DuckDb, home: string, wanted: number): Promise<number> {
  await mkdir(home, { recursive: true });
  const runs = Math.max(1, Math.round(wanted / (keys * stepsPerSeries)));
  const copy = (rows: string, name: string): Promise<void> =>
    duckdb.run(
      `COPY (${rows}) TO '${join(home, name)}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880)`,
    );
  const perFile = 4_000_000 / (keys * stepsPerSeries);
  const files: string[] = [];
  for (let from = 0; from < runs; from += perFile) {
    const name = `points-${files.length}.parquet`;
    await copy(
      `SELECT (r // ${runsPerExperiment} + 1)::BIGINT AS experiment_id, r::INTEGER AS run_no, md5(r::VARCHAR) AS run_id,
         'layer.' || k || '.gradient_norm' AS key, s::BIGINT AS step, epoch_ms(1790000000000 + s * 50)::TIMESTAMPTZ AS ts,
         random() AS value, true AS is_finite
       FROM range(${from}, ${Math.min(runs, from + perFile)}) AS runs (r), range(${keys}) AS keys (k),
         range(${stepsPerSeries}) AS steps (s)
       ORDER BY experiment_id, key, run_no, step`,
      name,
    );
    files.push(`'${join(home, name)}'`);
  }
  await view(duckdb, pointTables.points, `SELECT * FROM read_parquet([${files.join(", ")}])`);
  await copy(
    `SELECT experiment_id, run_no, run_id, key, count(*) AS n FROM metric_points GROUP BY ALL ORDER BY ALL`,
    "summary.parquet",
  );
  for (const table of tables) {
    if (table === pointTables.points) continue;
    const rows =
      table === pointTables.summary
        ? `SELECT * FROM '${join(home, "summary.parquet")}'`
        : table.name === "experiments"
          ? `SELECT DISTINCT experiment_id, 'experiment ' || experiment_id AS name FROM '${join(home, "summary.parquet")}'`
          : "SELECT 1 AS nothing WHERE false";
    await view(duckdb, table, rows);
  }
  return runs * keys * stepsPerSeries;
}

/** Columns that the rows do not have are null. */
async function view(duckdb: DuckDb, table: TableSchema, rows: string): Promise<void> {
  const typed = table.columns.map(({ name, type }) => `NULL::${type} AS "${name}"`).join(", ");
  const known = (await duckdb.query<{ column_name: string }>(`DESCRIBE ${rows}`)).map(
    (row) => row.column_name,
  );
  const kept = known.filter((name) => table.columns.some((column) => column.name === name));
  await duckdb.run(
    `CREATE VIEW "${table.name}" AS SELECT ${typed} WHERE false UNION ALL BY NAME SELECT ${kept.length > 0 ? kept.join(", ") : `NULL AS "${table.columns[0]?.name}"`} FROM (${rows})`,
  );
}
