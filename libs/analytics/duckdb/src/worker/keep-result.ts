import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import type { EncodedColumn } from "../format/encoded-column.ts";
import { bindParameters } from "./bind-parameters.ts";
import { enumerateTexts, printRead } from "./enumerate-texts.ts";
import type { PassedRequest } from "./run-statement.ts";

export interface KeptResult {
  readonly columns: readonly EncodedColumn[];
  /** One more than the limit, if there were more. */
  readonly rows: number;
  read(): Promise<DuckDBResult>;
  drop(): Promise<void>;
}

/** A name that no statement can reach: the gate knows only tables of the snapshot. */
const name = '"result of the statement"';

/**
 * Runs the statement to its end into a table of its own, which spills like any other. Its result is not streamed while
 * it is made: the Node API (1.5.6) ends a stream without an error when the statement fails half-way, and half a result
 * must never look whole.
 */
export async function keepResult(
  connection: DuckDBConnection,
  { request: { params, limits }, text, place }: PassedRequest,
  probe: DuckDBPreparedStatement,
): Promise<KeptResult> {
  const opening = `CREATE TEMP TABLE ${name} AS SELECT * FROM (`;
  // The line break closes a last comment.
  place.shift = Buffer.byteLength(opening);
  const statement = await connection.prepare(`${opening}${text}\n) LIMIT ${limits.rows + 1}`);
  let rows: number;
  try {
    bindParameters(statement, params);
    const written = await statement.run();
    rows = Number((await written.getRows())[0]?.[0] ?? 0);
  } finally {
    statement.destroySync();
  }
  const empty = await connection.run(`SELECT * FROM temp.${name} LIMIT 0`);
  const repeated = await enumerateTexts(connection, `temp.${name}`, empty, rows);
  // Names as the statement has them, also one that comes twice; only where those hang on parameters, as kept.
  const named = probe.columnCount === empty.columnCount;
  return {
    columns: empty.columnTypes().map((duckDbType, column) => ({
      name: named ? probe.columnName(column) : empty.columnName(column),
      type: duckDbType.toString(),
      duckDbType,
      members: repeated.find(({ place: at }) => at === column)?.members,
    })),
    rows,
    read: () => connection.stream(`SELECT ${printRead(repeated)} FROM temp.${name}`),
    async drop() {
      await connection.run(`DROP TABLE temp.${name}`);
      for (const { type } of repeated) await connection.run(`DROP TYPE ${type}`);
    },
  };
}
