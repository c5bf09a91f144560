import type { DuckDBConnection } from "@duckdb/node-api";
import type { DatabaseRequest } from "../protocol.ts";
import { quote } from "./lock-settings.ts";

/**
 * DuckDB moves no condition below a LIMIT. Without it, the condition of a statement may be computed for rows that the
 * view hides, and tell of them by failing (`WHERE value::INT > 0`: "could not convert 'secret'").
 */
const barrier = "LIMIT 9223372036854775807";

/**
 * A view per table, of the rows that this caller may see, and the named views above them. Resolves with their names.
 *
 * Deleted runs are left out without a barrier, which would cost every statement the pruning of files: a caller who sees
 * all experiments was allowed to see these too.
 */
export async function createViews(
  connection: DuckDBConnection,
  { tables, experiments, hidden, views }: DatabaseRequest,
): Promise<readonly string[]> {
  const isRestricted = experiments !== "all";
  const columns = await readColumns(connection, tables);
  const visible = isRestricted ? await createVisible(connection, tables, columns, experiments) : undefined;
  const shown: string[] = [];
  for (const [name, found] of columns) {
    const conditions: string[] = [];
    if (visible !== undefined) {
      const condition = visible.conditionFor(found);
      // Whose the rows are is not said: nobody with a restricted view sees the table.
      if (condition === undefined) continue;
      conditions.push(condition);
    }
    if (hidden.length > 0 && found.has("run_no"))
      conditions.push(`run_no NOT IN (${hidden.filter(Number.isSafeInteger).join(", ")})`);
    const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
    await connection.run(
      `CREATE VIEW ${identifier(name)} AS SELECT * FROM ${source(tables, name)}${where} ${isRestricted ? barrier : ""}`,
    );
    shown.push(name);
  }
  for (const { name, sql } of views) {
    const created = await connection.run(`CREATE VIEW ${identifier(name)} AS ${sql}`).then(
      () => true,
      (error: unknown) => {
        // It reads a table that this caller does not see.
        if (isRestricted) return false;
        throw error;
      },
    );
    if (created) shown.push(name);
  }
  return shown;
}

type Tables = DatabaseRequest["tables"];
type Columns = ReadonlyMap<string, ReadonlySet<string>>;

async function readColumns(connection: DuckDBConnection, tables: Tables): Promise<Columns> {
  const columns = new Map<string, ReadonlySet<string>>();
  for (const [name, files] of Object.entries(tables)) {
    if (files.length === 0) continue;
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source(tables, name)}`);
    columns.set(name, new Set(described.getRows().map(([column]) => String(column))));
  }
  return columns;
}

/** The experiments and runs that a restricted caller sees, in a schema that the gate lets nobody name. */
async function createVisible(
  connection: DuckDBConnection,
  tables: Tables,
  columns: Columns,
  experiments: readonly number[],
): Promise<{ conditionFor(found: ReadonlySet<string>): string | undefined }> {
  const ids = experiments.filter(Number.isSafeInteger).join(", ");
  await connection.run("CREATE SCHEMA visible");
  await connection.run(
    `CREATE TABLE visible.experiments AS SELECT unnest([${ids}]::BIGINT[]) AS experiment_id`,
  );
  const inExperiments = "experiment_id IN (SELECT experiment_id FROM visible.experiments)";
  const runs = columns.get("runs");
  const hasRuns = runs?.has("run_no") === true && runs.has("experiment_id");
  if (hasRuns)
    await connection.run(
      `CREATE TABLE visible.runs AS SELECT run_no FROM ${source(tables, "runs")} WHERE ${inExperiments}`,
    );
  return {
    conditionFor(found) {
      if (found.has("experiment_id")) return inExperiments;
      return found.has("run_no") && hasRuns ? "run_no IN (SELECT run_no FROM visible.runs)" : undefined;
    },
  };
}

function source(tables: Tables, name: string): string {
  return `read_parquet([${(tables[name] ?? []).map(quote).join(", ")}])`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
