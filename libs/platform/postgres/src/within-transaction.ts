import type pg from "pg";
import type { Queryable, Statements } from "./database.ts";

/**
 * An open transaction as something to ask: what runs in it, commits with it. Its own transactions are savepoints, so that
 * one that fails leaves the rest as it was.
 */
export function withinTransaction(client: Queryable): Statements {
  let depth = 0;
  return {
    async query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[], name?: string) {
      const result = await client.query<Row>({ text, values: values as unknown[], name });
      return result.rows;
    },
    async transaction(work) {
      depth += 1;
      const savepoint = `nested_${depth}`;
      try {
        await client.query(`SAVEPOINT ${savepoint}`);
        const result = await work(client);
        await client.query(`RELEASE ${savepoint}`);
        return result;
      } catch (error) {
        // Where the connection itself is gone this fails too, and so will the commit.
        await client.query(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`).catch(() => {});
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
}
