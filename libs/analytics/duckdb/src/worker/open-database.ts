import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { DatabaseRequest } from "../protocol.ts";
import { createViews } from "./create-views.ts";
import { lockSettings } from "./lock-settings.ts";

export interface Database {
  readonly key: string;
  readonly connection: DuckDBConnection;
  readonly tables: ReadonlySet<string>;
  close(): void;
}

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
