import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { QuerySummary, ResultColumn } from "@runweir/analytics-domain";
import { bindParameters } from "./bind-parameters.ts";
import { quote } from "./lock-settings.ts";
import { tooManyBytes, tooManyRows } from "./result-limits.ts";
import type { PassedRequest, ResultSink } from "./run-statement.ts";

const pieceBytes = 262_144;
/** Each result has a name of its own: DuckDB remembers what it has read of a file and does not look again. */
let written = 0;

/** DuckDB writes the file itself, into its private folder; it is whole before its first byte leaves. */
export async function sendParquet(
  connection: DuckDBConnection,
  passed: PassedRequest,
  spillFolder: string,
  sink: ResultSink,
): Promise<QuerySummary> {
  const { limits } = passed.request;
  written += 1;
  const file = join(spillFolder, `result-${written}.parquet`);
  try {
    const rows = await writeFile(connection, passed, file);
    if (rows > limits.rows) throw tooManyRows(limits);
    const { size } = await stat(file);
    if (size > limits.bytes) throw tooManyBytes(limits);
    sink.header(await readColumns(connection, file));
    for await (const piece of createReadStream(file, { highWaterMark: pieceBytes }))
      await sink.write(piece as Uint8Array);
    return { rows, bytes: size, truncated: false };
  } finally {
    await rm(file, { force: true });
  }
}

/** Encodings of version 1, which every reader knows. One row more than the limit tells that there were more. */
async function writeFile(
  connection: DuckDBConnection,
  { request, text, place }: PassedRequest,
  file: string,
): Promise<number> {
  const opening = "COPY (SELECT * FROM (";
  place.shift = Buffer.byteLength(opening);
  // The line break closes a last comment.
  const statement = await connection.prepare(
    `${opening}${text}\n) LIMIT ${request.limits.rows + 1}) TO ${quote(file)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v1,
       WRITE_BLOOM_FILTER false)`,
  );
  try {
    bindParameters(statement, request.params);
    const copied = await statement.run();
    return Number((await copied.getRows())[0]?.[0] ?? 0);
  } finally {
    statement.destroySync();
  }
}

/** As they are in the file: a name that comes twice has got a number there. */
async function readColumns(connection: DuckDBConnection, file: string): Promise<readonly ResultColumn[]> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${quote(file)})`);
  return described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}
