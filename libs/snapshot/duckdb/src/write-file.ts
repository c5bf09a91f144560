import type { SnapshotFile, TableSchema } from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";
import { quote } from "./print-columns.ts";

/**
 * Writes the rows of a query, in the table's order, as one Parquet file; undefined when there are none. Row groups of
 * 122,880 rows are small enough to be left out one by one and large enough to be scanned. No bloom filters: DuckDB 1.5.6
 * takes 0 and -0 for two values in them, so that `value = 0` would miss points; rows are sorted by what is looked up.
 */
export async function writeFile(
  context: BuildContext,
  table: TableSchema,
  rows: string,
  bucket?: number,
): Promise<SnapshotFile | undefined> {
  const { duckdb, folder } = context;
  const path = await folder.reserve(table.name);
  context.written.push(path);
  const location = quote(folder.locate(path));
  const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
  await duckdb.run(
    `COPY (SELECT ${columns} FROM (${rows}) ORDER BY ${table.order.map((name) => `"${name}"`).join(", ")})
     TO ${location} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880,
       WRITE_BLOOM_FILTER false)`,
  );
  const ofPoints = bucket === undefined;
  // Read back from the file's own statistics, which also shows that it can be read.
  const [range] = await duckdb.query<Record<string, bigint | number>>(
    `SELECT count(*) AS rows, min(${table.number}) AS number_from, max(${table.number}) AS number_to
       ${ofPoints ? ", min(experiment_id) AS experiment_from, max(experiment_id) AS experiment_to" : ""}
     FROM read_parquet(${location})`,
  );
  if (!range || Number(range.rows) === 0) {
    await folder.remove([path]);
    return undefined;
  }
  const { bytes, sha256 } = await folder.seal(path);
  return {
    table: table.name,
    path,
    rows: Number(range.rows),
    bytes,
    sha256,
    numbers: [Number(range.number_from), Number(range.number_to)],
    ...(ofPoints
      ? { experiments: [Number(range.experiment_from), Number(range.experiment_to)] as [number, number] }
      : { bucket }),
  };
}
