import type { Column } from "@runweir/duckdb";
import {
  copiedTables,
  type EntityKind,
  groupByBucket,
  type SnapshotFile,
  type SourceRow,
  type TableSchema,
} from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";
import { arrivals, numberList, printFiles } from "./print-columns.ts";
import { writeFile } from "./write-file.ts";

/**
 * Replaces the rows of changed entities in the tables copied from Postgres. Only their buckets are written; the other
 * rows of a bucket come from its file of before, not from Postgres.
 */
export async function rewriteCopiedTables(
  context: BuildContext,
  files: readonly SnapshotFile[],
  changed: ReadonlyMap<EntityKind, readonly number[]>,
): Promise<readonly SnapshotFile[]> {
  let left = files;
  for (const table of copiedTables) {
    for (const [bucket, numbers] of groupByBucket(changed.get(table.kind) ?? [])) {
      context.onStep(`${table.name} ${bucket}`);
      const rows = await context.build.readRows(table, numbers);
      await stageRows(context, table, rows);
      left = await rewriteBucket(context, table, left, { bucket, numbers, fresh: "SELECT * FROM arrived" });
      await context.duckdb.run("DROP TABLE arrived_raw; DROP VIEW arrived");
    }
  }
  return left;
}

/** The files with those of one bucket replaced: without the rows of these numbers, and with the fresh ones. */
export async function rewriteBucket(
  context: BuildContext,
  table: TableSchema,
  files: readonly SnapshotFile[],
  change: { readonly bucket: number; readonly numbers: readonly number[]; readonly fresh: string },
): Promise<readonly SnapshotFile[]> {
  const before = files.filter((file) => file.table === table.name && file.bucket === change.bucket);
  await context.hold(before);
  const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
  const file = await writeFile(
    context,
    table,
    `SELECT ${columns} FROM ${printFiles(table, before, context.folder.locate)}
     WHERE ${table.number} NOT IN ${numberList(change.numbers)}
     UNION ALL SELECT ${columns} FROM (${change.fresh})`,
    change.bucket,
  );
  const kept = files.filter((one) => !before.includes(one));
  return file ? [...kept, file] : kept;
}

async function stageRows(
  { duckdb }: BuildContext,
  table: TableSchema,
  rows: readonly SourceRow[],
): Promise<void> {
  const columns = table.columns.map(({ name, type }) => ({ name: `"${name}"`, ...arrivals[type] }));
  await duckdb.run(
    `CREATE TABLE arrived_raw (${columns.map(({ name, stored }) => `${name} ${stored}`).join(", ")});
     CREATE VIEW arrived AS SELECT ${columns.map(({ name, read }) => `${read(name)} AS ${name}`).join(", ")} FROM arrived_raw`,
  );
  await duckdb.append(
    "arrived_raw",
    columns.map(({ stored }, place): Column => {
      const values = rows.map((row) => row[place] ?? null);
      if (stored === "DOUBLE") return { type: "NUMBER", values: values as (number | null)[] };
      if (stored === "BOOLEAN") return { type: "BOOLEAN", values: values as (boolean | null)[] };
      return { type: "VARCHAR", values: values as (string | null)[] };
    }),
  );
}
