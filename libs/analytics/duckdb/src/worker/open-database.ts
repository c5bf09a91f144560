import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { DatabaseRequest } from "../protocol.ts";
import { lockSettings, quote } from "./lock-settings.ts";

export interface Database {
  readonly key: string;
  readonly connection: DuckDBConnection;
  readonly tables: ReadonlySet<string>;
  close(): void;
}

/**
 * DuckDB moves no condition below a LIMIT. Without it, the condition of a statement may be computed for rows that the
 * view hides, and tell of them by failing (`WHERE value::INT > 0`: "could not convert 'secret'").
 */
const barrier = "LIMIT 9223372036854775807";

/** One private in-memory DuckDB: views over the files of a snapshot, of the rows that this caller may see. */
export async function openDatabase(request: DatabaseRequest, spillFolder: string): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const tables = await createViews(connection, request);
    await lockSettings(connection, {
      threads: request.threads,
      memoryMegabytes: request.memoryMegabytes,
      files: Object.values(request.tables).flat(),
      spill: { folder: spillFolder, megabytes: request.spillMegabytes },
    });
    return { key: request.key, connection, tables: new Set(tables), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function createViews(
  connection: DuckDBConnection,
  { tables, experiments }: DatabaseRequest,
): Promise<readonly string[]> {
  const source = (name: string) => `read_parquet([${(tables[name] ?? []).map(quote).join(", ")}])`;
  const names = Object.keys(tables).filter((name) => (tables[name] ?? []).length > 0);
  if (experiments === "all") {
    for (const name of names)
      await connection.run(`CREATE VIEW ${identifier(name)} AS SELECT * FROM ${source(name)}`);
    return names;
  }
  const ids = experiments.filter(Number.isSafeInteger).join(", ");
  await connection.run("CREATE SCHEMA visible");
  await connection.run(
    `CREATE TABLE visible.experiments AS SELECT unnest([${ids}]::BIGINT[]) AS experiment_id`,
  );
  const columns = new Map<string, ReadonlySet<string>>();
  for (const name of names) {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source(name)}`);
    columns.set(name, new Set(described.getRows().map(([column]) => String(column))));
  }
  const inExperiments = "experiment_id IN (SELECT experiment_id FROM visible.experiments)";
  const runs = columns.get("runs");
  const hasRuns = runs?.has("run_no") === true && runs.has("experiment_id");
  if (hasRuns)
    await connection.run(
      `CREATE TABLE visible.runs AS SELECT run_no FROM ${source("runs")} WHERE ${inExperiments}`,
    );
  const shown: string[] = [];
  for (const [name, found] of columns) {
    const rows = found.has("experiment_id")
      ? inExperiments
      : found.has("run_no") && hasRuns
        ? "run_no IN (SELECT run_no FROM visible.runs)"
        : undefined;
    // Whose the rows are is not said: nobody with a restricted view sees the table.
    if (rows === undefined) continue;
    await connection.run(
      `CREATE VIEW ${identifier(name)} AS SELECT * FROM ${source(name)} WHERE ${rows} ${barrier}`,
    );
    shown.push(name);
  }
  return shown;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
