import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import { schemaVersion } from "@runweir/snapshot-domain";
import {
  damagedExport,
  type ExportManifest,
  exportTables,
  manifestName,
  parseExportManifest,
} from "@runweir/transfer-domain";
import { findDamage } from "../hash-file.ts";
import { columnsOf, quote } from "../print-sql.ts";

export interface ExportSource {
  readonly root: string;
  readonly manifest: ExportManifest;
}

/** Rejects with `not_found` when there is no manifest, with `failed_precondition` when it is of another version or no export. */
export async function openExport(path: string): Promise<ExportSource> {
  const root = resolve(path);
  const text = await readFile(join(root, manifestName), "utf8").catch((cause: unknown) => {
    throw new DomainError(
      "not_found",
      `${root} holds no complete export: ${manifestName} cannot be read. An export that was interrupted is completed by runweir export.`,
      { cause },
    );
  });
  const manifest = parseExportManifest(text);
  if (manifest.schemaVersion !== schemaVersion)
    throw new DomainError(
      "failed_precondition",
      `${root} is an export of schema version ${manifest.schemaVersion}; this Runweir reads version ${schemaVersion}.`,
      { reason: "schema_version" },
    );
  return { root, manifest };
}

/** Compares every file with the manifest, and rejects naming all that are not what was written. */
export async function checkFiles(
  { root, manifest }: ExportSource,
  onProgress: (done: number, of: number) => void,
): Promise<void> {
  const damages: string[] = [];
  for (const [i, file] of manifest.files.entries()) {
    onProgress(i, manifest.files.length);
    const damage = await findDamage(join(root, file.path), file);
    if (damage !== undefined) damages.push(`${file.path} ${damage}`);
  }
  if (damages.length > 0) throw damagedExport(damages.join("; "));
}

/** Makes the tables of an export readable as views, over exactly the files of its manifest. */
export async function openViews(duckdb: DuckDb, { root, manifest }: ExportSource): Promise<void> {
  for (const table of exportTables) {
    const files = manifest.files
      .filter((file) => file.table === table.name)
      .map((file) => quote(join(root, file.path)));
    if (files.length === 0) throw damagedExport(`${manifestName} lists no file of ${table.name}`);
    const view = `CREATE VIEW "${table.name}" AS SELECT ${columnsOf(table)} FROM read_parquet([${files.join(", ")}])`;
    await duckdb.run(view).catch((cause: unknown) => {
      throw damagedExport(`${table.name} has not the columns of its schema`, cause);
    });
  }
}
