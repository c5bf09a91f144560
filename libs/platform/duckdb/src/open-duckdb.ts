import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBDoubleVector,
  DuckDBInstance,
  type DuckDBIntegerVector,
  INTEGER,
  VARCHAR,
} from "@duckdb/node-api";
import { translateFailure } from "./translate-failure.ts";

/** Values of one column on their way into a table. Whole numbers beyond 32 bits travel as DOUBLE; all of ours are exact. */
export type Column =
  | { readonly type: "INTEGER"; readonly values: Int32Array }
  | { readonly type: "DOUBLE"; readonly values: Float64Array }
  | { readonly type: "VARCHAR"; readonly values: readonly (string | null)[] }
  | { readonly type: "NUMBER"; readonly values: readonly (number | null)[] }
  | { readonly type: "BOOLEAN"; readonly values: readonly (boolean | null)[] };

/** One private in-memory DuckDB. Statements of one connection run one after the other. */
export interface DuckDb {
  run(sql: string): Promise<void>;
  /** BIGINT arrives as bigint, times as Date. */
  query<Row extends Record<string, unknown>>(sql: string): Promise<readonly Row[]>;
  /** Column by column, for very many rows; values as in `query`. */
  queryColumns(sql: string): Promise<readonly (readonly unknown[])[]>;
  append(table: string, columns: readonly Column[]): Promise<void>;
  /** Stops the statement under way; it fails. */
  interrupt(): void;
  close(): void;
}

const vectorSize = 2_048;

/**
 * Opens DuckDB with settings that no statement can change any more: it reads and writes files in the folders named here
 * and nowhere else, loads no extension, and spills what does not fit into its memory to a folder of its own.
 *
 * The limit of memory does not hold for single long strings and lists (DuckDB 1.5): statements of strangers belong into
 * a process that the system limits.
 */
export async function openDuckDb(options: {
  readonly memoryMegabytes: number;
  readonly threads: number;
  readonly folders: readonly string[];
  readonly spillFolder: string;
  readonly spillMegabytes: number;
}): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    // Times are written as UTC whatever the machine's zone is; the zone cannot be set once the settings are locked.
    for (const setting of [
      "TimeZone = 'UTC'",
      `memory_limit = '${options.memoryMegabytes}MB'`,
      `threads = ${options.threads}`,
      `temp_directory = ${quote(options.spillFolder)}`,
      `max_temp_directory_size = '${options.spillMegabytes}MB'`,
      `allowed_directories = [${options.folders.map(quote).join(", ")}]`,
      "autoload_known_extensions = false",
      "autoinstall_known_extensions = false",
      "allow_community_extensions = false",
      "allow_persistent_secrets = false",
      "enable_external_access = false",
      "lock_configuration = true",
    ])
      await connection.run(`SET ${setting}`);
  } catch (error) {
    close();
    throw translateFailure(error);
  }
  return {
    async run(sql) {
      await connection.run(sql).catch(rethrow);
    },
    async query<Row extends Record<string, unknown>>(sql: string) {
      const reader = await connection.runAndReadAll(sql).catch(rethrow);
      return reader.getRowObjectsJS() as Row[];
    },
    async queryColumns(sql) {
      return (await connection.runAndReadAll(sql).catch(rethrow)).getColumnsJS();
    },
    append: (table, columns) => append(connection, table, columns).catch(rethrow),
    interrupt: () => connection.interrupt(),
    close,
  };
}

async function append(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
): Promise<void> {
  const count = columns[0]?.values.length ?? 0;
  const chunk = DuckDBDataChunk.create(columns.map((column) => storedTypes[column.type]));
  const appender = await connection.createAppender(table);
  try {
    for (let from = 0; from < count; from += vectorSize) {
      const to = Math.min(count, from + vectorSize);
      chunk.reset();
      chunk.rowCount = to - from;
      columns.forEach((column, place) => {
        fill(chunk, place, column, from, to);
      });
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

const storedTypes = { INTEGER, DOUBLE, VARCHAR, NUMBER: DOUBLE, BOOLEAN } as const;

/** Numbers are copied as they lie; only texts and what may be missing goes value by value. */
function fill(chunk: DuckDBDataChunk, place: number, column: Column, from: number, to: number): void {
  if (column.type === "DOUBLE" || column.type === "INTEGER") {
    const vector = chunk.getColumnVector(place) as DuckDBDoubleVector | DuckDBIntegerVector;
    const { items } = vector as unknown as { items: Float64Array | Int32Array };
    items.set(column.values.subarray(from, to));
    vector.flush();
  } else chunk.setColumnValues(place, column.values.slice(from, to));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function rethrow(error: unknown): never {
  throw translateFailure(error);
}
