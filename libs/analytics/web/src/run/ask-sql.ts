import { readAnswer, type SqlAnswer } from "./read-answer.ts";
import { readFailure, SqlFailure } from "./sql-failure.ts";
import { acceptOf, bodyOf, type SqlFormat, type SqlRequest } from "./sql-request.ts";

/**
 * Runs a statement and reads its answer as Arrow, telling of the rows as they come. Rejects with `SqlFailure`, or
 * `AbortError` when it was given up.
 */
export async function askSql(
  request: SqlRequest,
  signal?: AbortSignal,
  onPart?: (part: SqlAnswer) => void,
): Promise<SqlAnswer> {
  const answer = await postSql(request, "arrow", signal);
  return readAnswer(answer, { signal, ...(onPart && { onPart }) });
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
