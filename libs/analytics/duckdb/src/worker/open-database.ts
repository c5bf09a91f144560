import { statSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { CheckedStatement } from "../gate/check-statement.ts";
import type { DatabaseRequest } from "../protocol.ts";
import { createViews } from "./create-views.ts";
import { createKeptStatements, type KeptStatements } from "./kept-statements.ts";
import { lockSettings } from "./lock-settings.ts";

export interface Database {
  readonly key: string;
  readonly connection: DuckDBConnection;
  readonly tables: ReadonlySet<string>;
  readonly statements: KeptStatements;
  /** Gives a statement the threads that its data is worth. */
  prepareFor(statement: Pick<CheckedStatement, "reads" | "generates">): Promise<void>;
  /**
   * Gives it more of them, for smaller pieces of work: DuckDB spills groups by pieces, and each must fit into memory by
   * itself; but no more than memory has room for, since each thread holds pieces of its own.
   */
  divideFurther(): Promise<void>;
  close(): void;
}

/** Compressed. To divide so little between threads costs more than it saves, and others ask at the same time. */
const bytesOfOneThread = 33_554_432;
/** With less, groups that spill do not fit into memory, into however many pieces they are divided. */
const megabytesOfOneThread = 32;

/** One private in-memory DuckDB: views over the files of a snapshot, of the rows that this caller may see. */
export async function openDatabase(request: DatabaseRequest, spillFolder: string): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const statements = createKeptStatements(connection);
  const close = () => {
    statements.close();
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
    const sizeOf = measureTables(request);
    let threads = request.threads;
    // A statement by itself, and nobody else's changes them: no SELECT can.
    const useThreads = async (wanted: number) => {
      if (wanted !== threads) await connection.run(`SET threads = ${wanted}`);
      threads = wanted;
    };
    return {
      key: request.key,
      connection,
      tables: new Set(tables),
      statements,
      async prepareFor({ reads, generates }) {
        const bytes = [...reads].reduce((sum, name) => sum + sizeOf(name), 0);
        await useThreads(generates || bytes > bytesOfOneThread ? request.threads : 1);
      },
      async divideFurther() {
        const held = Math.max(1, Math.floor(request.memoryMegabytes / megabytesOfOneThread));
        await useThreads(Math.min(2 * request.threads, held));
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Bytes of the files of a table; of a view, those of all tables that it names. */
function measureTables({ tables, views }: DatabaseRequest): (name: string) => number {
  const sizes = new Map(
    Object.entries(tables).map(([name, files]) => [
      name,
      files.reduce((sum, file) => sum + statSync(file).size, 0),
    ]),
  );
  for (const view of views) {
    const words = new Set(view.sql.match(/\w+/g));
    const named = Object.keys(tables).filter((table) => words.has(table));
    sizes.set(
      view.name,
      named.reduce((sum, table) => sum + (sizes.get(table) ?? 0), 0),
    );
  }
  return (name) => sizes.get(name) ?? 0;
}
