import type { DuckDBConnection, DuckDBPreparedStatement } from "@duckdb/node-api";

export interface KeptStatements {
  /** For use by one at a time, until the next call. */
  prepare(text: string, isKept: boolean): Promise<DuckDBPreparedStatement>;
  /** To be called with what `prepare` gave, once it is not needed any more. */
  release(statement: DuckDBPreparedStatement): void;
  close(): void;
}

const keptMax = 16;
const lengthMax = 10_000;

/**
 * The statements with parameters that were asked last, prepared: pages ask the same ones again and again with other
 * values, and to prepare one takes as long as to answer some. Those without parameters have their answers remembered.
 */
export function createKeptStatements(connection: DuckDBConnection): KeptStatements {
  const kept = new Map<string, DuckDBPreparedStatement>();
  return {
    async prepare(text, isKept) {
      const known = kept.get(text);
      const statement = known ?? (await connection.prepare(text));
      if (!isKept || statement.parameterCount === 0 || text.length > lengthMax) return statement;
      // Last again.
      kept.delete(text);
      kept.set(text, statement);
      const [oldest] = kept;
      if (kept.size > keptMax && oldest !== undefined) {
        kept.delete(oldest[0]);
        oldest[1].destroySync();
      }
      return statement;
    },
    release(statement) {
      if (![...kept.values()].includes(statement)) statement.destroySync();
    },
    close() {
      for (const statement of kept.values()) statement.destroySync();
      kept.clear();
    },
  };
}
