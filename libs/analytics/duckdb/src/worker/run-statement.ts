import { StatementType } from "@duckdb/node-api";
import { type QuerySummary, StatementError } from "@runweir/analytics-domain";
import type { EncodedColumn } from "../format/result-encoder.ts";
import type { RunRequest } from "../protocol.ts";
import { bindParameters } from "./bind-parameters.ts";
import { keepResult, type Place } from "./keep-result.ts";
import type { Database } from "./open-database.ts";
import { tooManyRows } from "./result-limits.ts";
import { sendParquet } from "./send-parquet.ts";
import { sendRows } from "./send-rows.ts";

export interface ResultSink {
  header(columns: readonly EncodedColumn[]): void;
  /** Settles when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
}

/** Runs a statement that has passed the gate, and hands on its result. */
export async function runStatement(
  { connection }: Database,
  request: RunRequest,
  text: string,
  spillFolder: string,
  sink: ResultSink,
  place: Place,
): Promise<QuerySummary> {
  const probe = await connection.prepare(text);
  try {
    if (probe.statementType !== StatementType.SELECT)
      throw new StatementError("permission_denied", "Only SELECT is allowed.", { reason: "select_only" });
    bindParameters(probe, request.params);
    const kept = await keepResult(connection, request, text, probe, place);
    try {
      // A file that lacks rows must not look whole; JSON says what it lacks.
      if (kept.rows > request.limits.rows && request.format !== "json") throw tooManyRows(request.limits);
      return request.format === "parquet"
        ? await sendParquet(kept, request.limits, spillFolder, sink)
        : await sendRows(kept, request.format, request.limits, sink);
    } finally {
      await kept.drop();
    }
  } finally {
    probe.destroySync();
  }
}
