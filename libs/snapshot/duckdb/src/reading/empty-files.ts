import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDb } from "@runweir/duckdb";
import { schemaVersion, type TableSchema } from "@runweir/snapshot-domain";
import { printFiles, quote } from "../print-columns.ts";

/** A file of no rows for a table, which tells its columns; made once per schema, by whoever comes first. */
export async function ensureEmptyFile(duckdb: DuckDb, folder: string, table: TableSchema): Promise<string> {
  const home = join(folder, `empty-v${schemaVersion}`);
  const path = join(home, `${table.name}.parquet`);
  if (existsSync(path)) return path;
  await mkdir(home, { recursive: true });
  const begun = `${path}.${randomUUID()}`;
  await duckdb.run(`COPY (FROM ${printFiles(table, [], String)}) TO ${quote(begun)} (FORMAT parquet)`);
  await rename(begun, path);
  return path;
}
