import { RecordBatchReader, Table } from "apache-arrow";
import { createResultTable, type ResultTable } from "./result-table.ts";
import { readFailure, SqlFailure } from "./sql-failure.ts";
import { acceptOf, bodyOf, type SqlFormat, type SqlRequest } from "./sql-request.ts";

/** What an answer was read from. */
export interface AnswerFacts {
  readonly snapshot: number;
  readonly createdAt: number;
  /** Until when what was logged since is in it; undefined without. */
  readonly tailUntil: number | undefined;
  readonly cached: boolean;
}

export interface SqlAnswer {
  readonly table: ResultTable;
  readonly facts: AnswerFacts;
}

/** Runs a statement and reads its answer as Arrow. Rejects with `SqlFailure`, or `AbortError` when it was given up. */
export async function askSql(request: SqlRequest, signal?: AbortSignal): Promise<SqlAnswer> {
  const answer = await postSql(request, "arrow", signal);
  try {
    const reader = await RecordBatchReader.from(answer);
    await reader.open();
    const batches = [];
    for await (const batch of reader) batches.push(batch);
    return { table: createResultTable(new Table(reader.schema, batches)), facts: readFacts(answer.headers) };
  } catch (error) {
    signal?.throwIfAborted();
    throw new SqlFailure(0, "The answer broke off before its end. Please run the statement again.", {
      reason: error instanceof Error ? error.message : undefined,
    });
  }
}

/** The answer as it comes, in any format; to be saved. */
export async function postSql(
  request: SqlRequest,
  format: SqlFormat,
  signal?: AbortSignal,
): Promise<Response> {
  const answer = await fetch("/api/sql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: acceptOf[format] },
    body: bodyOf(request),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new SqlFailure(0, "The server does not answer.", {
      reason: error instanceof Error ? error.message : undefined,
    });
  });
  if (!answer.ok) throw await readFailure(answer);
  return answer;
}

function readFacts(headers: Headers): AnswerFacts {
  const tail = headers.get("x-runweir-tail-until");
  return {
    snapshot: Number(headers.get("x-runweir-snapshot")),
    createdAt: Date.parse(headers.get("x-runweir-snapshot-created") ?? ""),
    tailUntil: tail === null ? undefined : Date.parse(tail),
    cached: headers.get("x-runweir-cached") === "true",
  };
}
