import type { Artifacts } from "@runweir/artifacts-domain";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import { pointTables, schemaVersion, type TableSchema } from "@runweir/snapshot-domain";
import {
  artifactFiles,
  type ExportFile,
  type ExportManifest,
  type ExportPlan,
  exportTables,
  type PlannedPart,
  printExportManifest,
  printExportSchema,
  printReadme,
} from "@runweir/transfer-domain";
import { chosen } from "./chosen-rows.ts";
import { copyArtifacts } from "./copy-artifacts.ts";
import type { ExportFolder } from "./export-folder.ts";
import type { ExportProgress } from "./export-progress.ts";
import { columnsOf, orderOf, quote } from "./print-sql.ts";
import { translateStorage } from "./translate-storage.ts";

export interface WriteExportOptions {
  /** With the tables of the snapshot as views, hidden runs left out; it may write to the folder. */
  readonly duckdb: DuckDb;
  readonly folder: ExportFolder;
  readonly plan: ExportPlan;
  readonly now: Date;
  /** Where artifacts come from; needed when the plan says so. */
  readonly artifacts: Pick<Artifacts, "list" | "open">;
  /** Keeps the snapshot from going away; called before each file. */
  readonly keep: () => Promise<void>;
  readonly onProgress: (progress: ExportProgress) => void;
  readonly onDamage: (what: string) => void;
}

/**
 * Writes what the plan says, file by file, and the manifest last. Whatever ends it leaves files that are complete, and the
 * next call with the same plan goes on behind them.
 */
export async function writeExport(options: WriteExportOptions): Promise<ExportManifest> {
  const { duckdb, folder, plan, onProgress } = options;
  await folder.verify(options.onDamage);
  const work = exportTables
    .filter((table) => table !== artifactFiles)
    .flatMap((table) => filesOf(table, plan));
  const expected = await countRows(duckdb, plan);
  const total = [...expected.values()].reduce((sum, rows) => sum + rows, 0);
  const files: ExportFile[] = [];
  let done = 0;
  for (const { table, path, where } of work) {
    onProgress({ what: table.name, done, of: total });
    const known = folder.complete.get(path);
    if (known)
      files.push({
        table: table.name,
        path,
        rows: Number(known.rows),
        bytes: known.bytes,
        sha256: known.sha256,
      });
    else {
      await options.keep();
      files.push(
        await writeFile(
          options,
          table,
          path,
          `SELECT ${columnsOf(table)} FROM "${table.name}" WHERE ${where}`,
        ),
      );
    }
    done += files.at(-1)?.rows ?? 0;
  }
  for (const [name, rows] of expected) {
    const written = files.filter((file) => file.table === name).reduce((sum, file) => sum + file.rows, 0);
    if (written !== rows)
      throw new DomainError(
        "internal",
        `${name} has ${written} rows in the export and ${rows} in snapshot ${plan.snapshot}: the snapshot is damaged. Make a new one and export to another folder.`,
      );
  }
  onProgress({ what: "", done: total, of: total });

  const left = plan.artifacts ? await copyArtifacts(options) : [];
  files.push(await listArtifacts(options));
  const rows = Object.fromEntries(
    exportTables.map(({ name }) => [
      name,
      files.filter((file) => file.table === name).reduce((sum, file) => sum + file.rows, 0),
    ]),
  );
  const manifest: ExportManifest = {
    format: 1,
    schemaVersion,
    workspace: plan.workspace,
    snapshot: plan.snapshot,
    asOf: plan.asOf,
    createdAt: options.now.toISOString(),
    experiments: plan.experiments,
    encoding: plan.encoding,
    rows,
    artifacts: {
      included: plan.artifacts,
      files: rows[artifactFiles.name] ?? 0,
      bytes: await sumArtifacts(options),
      left: [...left],
    },
    files,
  };
  await folder.writeText("SCHEMA.md", printExportSchema());
  await folder.writeText("README.md", printReadme(manifest));
  await folder.finish(printExportManifest(manifest));
  return manifest;
}

interface Work {
  readonly table: TableSchema;
  readonly path: string;
  readonly where: string;
}

function filesOf(table: TableSchema, plan: ExportPlan): readonly Work[] {
  const path = (number: number): string => `${table.name}/${String(number).padStart(5, "0")}.parquet`;
  if (table !== pointTables.points || plan.parts.length === 0)
    return [{ table, path: path(0), where: chosen(table, plan) }];
  return plan.parts.map((part, i) => ({
    table,
    path: path(i),
    where: `${chosen(table, plan)} AND ${within(part)}`,
  }));
}

/** The first conditions let DuckDB leave out files and row groups; the last two are exact. */
function within({ from, to }: PlannedPart): string {
  const key = from[0] === to[0] ? ` AND key BETWEEN ${quote(from[1])} AND ${quote(to[1])}` : "";
  return `experiment_id BETWEEN ${from[0]} AND ${to[0]}${key} AND ${beyond(from, ">")} AND ${beyond(to, "<")}`;
}

/** Written out: DuckDB 1.5 does not compare structs with both bounds at once. */
function beyond([experiment, key, run]: PlannedPart["from"], sign: "<" | ">"): string {
  return `(experiment_id ${sign} ${experiment} OR (experiment_id = ${experiment}
    AND (key ${sign} ${quote(key)} OR (key = ${quote(key)} AND run_no ${sign}= ${run}))))`;
}

async function countRows(duckdb: DuckDb, plan: ExportPlan): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const table of exportTables) {
    if (table === artifactFiles) continue;
    const [row] = await duckdb.query<{ n: bigint }>(
      table === pointTables.points
        ? `SELECT coalesce(sum(n), 0)::BIGINT AS n FROM metric_summary WHERE ${chosen(table, plan)}`
        : `SELECT count(*) AS n FROM "${table.name}" WHERE ${chosen(table, plan)}`,
    );
    counts.set(table.name, Number(row?.n));
  }
  return counts;
}

async function writeFile(
  { duckdb, folder, plan }: WriteExportOptions,
  table: TableSchema,
  path: string,
  rows: string,
): Promise<ExportFile> {
  const staged = await folder.stage(path);
  const [copied] = await duckdb
    .query<{ Count: bigint }>(
      `COPY (${rows} ORDER BY ${orderOf(table)})
       TO ${quote(staged)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION ${plan.encoding}, ROW_GROUP_SIZE 122880,
         WRITE_BLOOM_FILTER false)`,
    )
    .catch((error: unknown) => {
      throw translateStorage(error, folder.root);
    });
  const count = Number(copied?.Count);
  return { table: table.name, rows: count, ...(await folder.seal(path, { table: table.name, rows: count })) };
}

/** The table of artifacts comes from what was written down as complete, so an interrupted export loses none. */
async function listArtifacts(options: WriteExportOptions): Promise<ExportFile> {
  const { duckdb } = options;
  await duckdb.run(
    `CREATE OR REPLACE TABLE artifact_list (owner_kind VARCHAR, owner_id VARCHAR, path VARCHAR, bytes DOUBLE, sha256 VARCHAR)`,
  );
  const sealed = [...options.folder.complete.values()].filter((file) => file.owner_id !== undefined);
  const text = (column: string) =>
    ({ type: "VARCHAR", values: sealed.map((file) => String(file[column])) }) as const;
  await duckdb.append("artifact_list", [
    text("owner_kind"),
    text("owner_id"),
    text("owner_path"),
    { type: "DOUBLE", values: Float64Array.from(sealed, (file) => file.bytes) },
    text("sha256"),
  ]);
  return writeFile(
    options,
    artifactFiles,
    `${artifactFiles.name}/00000.parquet`,
    "SELECT owner_kind, owner_id, path, bytes::BIGINT AS bytes, sha256 FROM artifact_list",
  );
}

async function sumArtifacts({ duckdb }: WriteExportOptions): Promise<number> {
  const [row] = await duckdb.query<{ bytes: number }>(
    "SELECT coalesce(sum(bytes), 0) AS bytes FROM artifact_list",
  );
  return row?.bytes ?? 0;
}
