import { StatementType } from "@duckdb/node-api";
import type { QuerySummary, ResultColumn } from "@runweir/analytics-domain";
import { StatementError } from "@runweir/analytics-domain/statement-error";
import type { RunRequest } from "../protocol.ts";
import { bindParameters } from "./bind-parameters.ts";
import type { Database } from "./open-database.ts";
import { sendParquet } from "./send-parquet.ts";
import { sendPlan } from "./send-plan.ts";
import { sendRows } from "./send-rows.ts";
import { streamResult } from "./stream-result.ts";

export interface ResultSink {
  header(columns: readonly ResultColumn[]): void;
  /** Settles when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
}

export interface PassedRequest {
  readonly request: RunRequest;
  /** The statement as the gate let it through. */
  readonly text: string;
  /** It asks for the time or for chance. */
  readonly volatile: boolean;
  /** Bytes that stood before the statement when it failed; DuckDB counts them too. */
  readonly place: { shift: number };
  /** Somebody wants it to end. */
  isInterrupted(): boolean;
}

/** Runs a statement that has passed the gate, and hands on its result. */
export async function runStatement(
  { connection, statements }: Database,
  passed: PassedRequest,
  spillFolder: string,
  sink: ResultSink,
): Promise<QuerySummary> {
  const { request, text } = passed;
  const probe = await statements.prepare(text, !passed.volatile);
  try {
    if (probe.statementType !== StatementType.SELECT)
      throw new StatementError("permission_denied", "Only SELECT is allowed.", { reason: "select_only" });
    bindParameters(probe, request.params);
    if (request.format === "plan") return await sendPlan(connection, passed, sink);
    if (request.format === "parquet") return await sendParquet(connection, passed, spillFolder, sink);
    const result = await streamResult(connection, passed, probe);
    try {
      return await sendRows(result, request.format, request.limits, sink);
    } finally {
      await result.close();
    }
  } finally {
    statements.release(probe);
  }
}
