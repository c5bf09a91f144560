import { DuckDBInstance, type DuckDBValue, listValue } from "@duckdb/node-api";
import type { SnapshotSql } from "@runweir/tracking-domain";
import { toPlain } from "../src/read-arrow-columns.ts";

export interface MemorySnapshots extends SnapshotSql {
  run(sql: string): Promise<void>;
  close(): void;
}

/** The tables of a snapshot in a DuckDB of one's own, made by the test: for statements whose answers are compared. */
export async function openMemorySnapshots(): Promise<MemorySnapshots> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  return {
    async ask(_caller, { sql, params, snapshot }) {
      const bound = Object.entries(params).map(([name, value]) => [
        name,
        Array.isArray(value) ? listValue(value as DuckDBValue[]) : (value as DuckDBValue),
      ]);
      const reader = await connection.runAndReadAll(sql, Object.fromEntries(bound));
      const columns = reader.getColumnsJS().map((column) => column.map(toPlain));
      return {
        columns,
        source: { from: "snapshot", number: snapshot ?? 0, createdAt: new Date(0) },
      };
    },
    run: async (sql) => void (await connection.run(sql)),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
