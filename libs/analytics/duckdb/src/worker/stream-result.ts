import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  ResultReturnType,
} from "@duckdb/node-api";
import { StatementError } from "@runweir/analytics-domain/statement-error";
import { DomainError } from "@runweir/errors";
import type { EncodedColumn } from "../format/encoded-column.ts";
import { bindParameters } from "./bind-parameters.ts";
import type { PassedRequest } from "./run-statement.ts";

export interface StreamedResult {
  readonly columns: readonly EncodedColumn[];
  /** The next rows, as they are made; undefined after the last. Rejects with what the statement failed with. */
  next(): Promise<DuckDBDataChunk | undefined>;
  /** To be called at the end, whether all of it was read or not. */
  close(): Promise<void>;
}

/** So few rows are asked for as such: DuckDB sorts no more than it has to then. More would keep it to one thread. */
const fewRows = 10_000;

/** Starts the statement; what sorts or aggregates runs to its end first, of everything else the first rows come at once. */
export async function streamResult(
  connection: DuckDBConnection,
  passed: PassedRequest,
  probe: DuckDBPreparedStatement,
): Promise<StreamedResult> {
  const { params, limits } = passed.request;
  const statement =
    limits.rows < fewRows ? await prepareInside(connection, passed, "", ` LIMIT ${limits.rows + 1}`) : probe;
  if (statement !== probe) bindParameters(statement, params);
  let ended = false;
  const close = async () => {
    // Another statement ends one that was not read to its end, and frees what it holds.
    if (!ended) await connection.run("SELECT 1");
    ended = true;
    if (statement !== probe) statement.destroySync();
  };
  try {
    const result = await statement.stream();
    return {
      columns: readColumns(result, probe),
      async next() {
        const chunk = await result.fetchChunk();
        if (chunk !== null && chunk.rowCount > 0) return chunk;
        ended = true;
        // A stream (Node API 1.5.6) ends alike when the statement has failed: nothing but this says so.
        if (result.returnType === ResultReturnType.INVALID) throw await findFailure(connection, passed);
        return undefined;
      },
      close,
    };
  } catch (error) {
    ended = true;
    await close();
    throw error;
  }
}

/** The line break closes a last comment of the statement. */
async function prepareInside(
  connection: DuckDBConnection,
  { text, place }: PassedRequest,
  before: string,
  after: string,
): Promise<DuckDBPreparedStatement> {
  const opening = `${before}SELECT * FROM (`;
  place.shift = Buffer.byteLength(opening);
  return connection.prepare(`${opening}${text}\n)${after}`);
}

/** The Node API does not tell what a stream failed with; the statement says it when it is run again for nothing else. */
async function findFailure(connection: DuckDBConnection, passed: PassedRequest): Promise<unknown> {
  if (passed.isInterrupted())
    return new DomainError("failed_precondition", "The statement was cancelled.", { reason: "cancelled" });
  const statement = await prepareInside(connection, passed, "EXPLAIN ANALYZE ", "");
  try {
    bindParameters(statement, passed.request.params);
    await statement.run();
    return new DomainError("internal", "The statement failed half-way.", { reason: "engine_failed" });
  } catch (error) {
    return error;
  } finally {
    statement.destroySync();
  }
}

/** Names as the statement has them, also one that comes twice; inside another it gets a number. */
function readColumns(result: DuckDBResult, probe: DuckDBPreparedStatement): readonly EncodedColumn[] {
  const isNamed = probe.columnCount === result.columnCount;
  return result.columnTypes().map((duckDbType, column) => {
    const name = isNamed ? probe.columnName(column) : result.columnName(column);
    const type = duckDbType.toString();
    if (type.includes('STRUCT("" '))
      throw new StatementError(
        "invalid_argument",
        `Column ${JSON.stringify(name)} is a struct whose parts have no names; give them some: {a: 1, b: 2}.`,
        { reason: "unnamed_struct" },
      );
    return { name, type, duckDbType };
  });
}
