import pg from "pg";
import { Unanswered, watchAnswers } from "./watch-answers.ts";

/** For the server's own word that a statement took too long. */
const graceMs = 2_000;

/** bigint and count() arrive as numbers: every integer we store is within ±(2^53 - 1) by validation. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === pg.types.builtins.INT8 && format !== "binary") return Number;
    return pg.types.getTypeParser(oid, format as "text");
  },
};

export type Queryable = Pick<pg.PoolClient, "query">;

/** One pool of connections, and the only way the product opens transactions. */
export interface Database {
  readonly pool: pg.Pool;
  /** With a name the statement is planned once per connection: for fixed texts that are asked for all the time. */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** Runs `work` in one transaction; commits when it resolves, rolls back when it throws. READ COMMITTED unless told. */
  transaction<T>(work: (client: Queryable) => Promise<T>, isolation?: "repeatable read"): Promise<T>;
  close(): Promise<void>;
}

/** What can be asked of a database as a whole, and of one open transaction. */
export type Statements = Pick<Database, "query" | "transaction">;

export function openDatabase(options: {
  readonly url: string;
  readonly applicationName: string;
  readonly connectionsMax?: number;
  /**
   * How long a statement may take. The server ends it then; where the server says nothing either (gone without a word,
   * behind a network that swallows everything), the connection is given up shortly after. Unlimited unless told.
   */
  readonly answerMs?: number;
  /** Where unqualified names are looked up, for libraries that write their own statements. */
  readonly schema?: string;
}): Database {
  const { answerMs } = options;
  const answers = answerMs === undefined ? undefined : watchAnswers(answerMs + graceMs);
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.connectionsMax ?? 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A connection costs milliseconds to make: one that a burst needed is kept for the next.
    idleTimeoutMillis: 300_000,
    ...prepareConnections(options, answers?.watch),
    types,
  });
  // An idle connection that breaks (server restart) must not end the process; the next query opens a new one.
  pool.on("error", ignore);
  return {
    pool,
    async query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[], name?: string) {
      const result = await pool.query<Row>({ text, values: values as unknown[], name });
      return result.rows;
    },
    async transaction(work, isolation) {
      const client = await pool.connect();
      let broken = false;
      // A connection that breaks between two statements says so by an event; unheard, it would end the process. The
      // next statement fails anyway.
      client.on("error", ignore);
      try {
        await client.query(isolation ? `BEGIN ISOLATION LEVEL ${isolation}` : "BEGIN");
        const result = await work(client);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        broken = error instanceof Unanswered;
        // Behind a statement that was not answered nothing else will be.
        if (!broken)
          await client.query("ROLLBACK").catch(() => {
            broken = true;
          });
        throw error;
      } finally {
        client.off("error", ignore);
        client.release(broken);
      }
    },
    async close() {
      await pool.end();
      answers?.stop();
    },
  };
}

/** Not at the start of the connection, where poolers between us and the server refuse settings. */
function prepareConnections(
  options: { readonly answerMs?: number; readonly schema?: string },
  watch: ((client: pg.ClientBase) => void) | undefined,
): pg.PoolConfig {
  const { answerMs, schema } = options;
  const settings = [
    ...(answerMs === undefined ? [] : [`SET statement_timeout = ${answerMs}`]),
    ...(schema === undefined ? [] : [`SET search_path = ${pg.escapeIdentifier(schema)}`]),
  ];
  if (settings.length === 0) return {};
  const prepare = async (client: pg.ClientBase): Promise<void> => {
    watch?.(client);
    await client.query(settings.join("; "));
  };
  return {
    // The pool waits for the promise, which its types do not know of.
    onConnect: prepare as NonNullable<pg.PoolConfig["onConnect"]>,
  };
}

function ignore(): void {}
