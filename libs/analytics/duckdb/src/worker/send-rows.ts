import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { QueryLimits, QuerySummary, ResultFormat } from "@runweir/analytics-domain";
import { createEncoder } from "../format/result-encoder.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { holdOutput } from "./held-output.ts";
import { tooManyRows } from "./result-limits.ts";
import type { ResultSink } from "./run-statement.ts";
import type { StreamedResult } from "./stream-result.ts";

/** Rows that are there wait no longer than this for the next ones. */
const patienceMs = 500;

/** Sends the rows chunk by chunk, as they come; nothing is asked for before there is room for it. */
export async function sendRows(
  result: StreamedResult,
  format: Exclude<ResultFormat, "parquet">,
  limits: QueryLimits,
  sink: ResultSink,
): Promise<QuerySummary> {
  const encoder = createEncoder(format, result.columns);
  const output = holdOutput(sink, result.columns, limits);
  let rows = 0;
  let truncated = false;
  const sendWhatIsThere = async () => {
    if (rows === 0) return;
    await output.write(encoder.flush());
    await output.release();
  };
  await output.write(encoder.begin());
  while (!truncated) {
    const chunk = await waitFor(result.next(), sendWhatIsThere);
    if (chunk === undefined) break;
    const room = Math.min(chunk.rowCount, limits.rows - rows);
    truncated = room < chunk.rowCount;
    // A file that lacks rows must not look whole; JSON says what it lacks.
    if (truncated && format !== "json") throw tooManyRows(limits);
    if (room > 0) await output.write(encoder.encode(chunk, room));
    rows += room;
    await collectGarbage(chunk);
  }
  await output.write(encoder.end({ rows, truncated }));
  await output.release();
  return { rows, bytes: output.bytes, truncated };
}

async function waitFor(
  next: Promise<DuckDBDataChunk | undefined>,
  onWait: () => Promise<void>,
): Promise<DuckDBDataChunk | undefined> {
  // It is awaited below, unless `onWait` fails before.
  next.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const isLate = await Promise.race([
    next.then(() => false),
    new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, patienceMs, true);
    }),
  ]).finally(() => clearTimeout(timer));
  if (isLate) await onWait();
  return next;
}
