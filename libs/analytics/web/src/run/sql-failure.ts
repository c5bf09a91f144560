/** Where in a statement: offset in UTF-16 units from 0, line and column from 1. */
export interface SqlPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** What the server refused, in its words; see libs/analytics/http/docs/sql-v1.md. */
export class SqlFailure extends Error {
  readonly status: number;
  readonly reason: string | undefined;
  readonly position: SqlPosition | undefined;
  readonly requestId: string | undefined;

  constructor(
    status: number,
    message: string,
    details: {
      readonly reason?: string | undefined;
      readonly position?: SqlPosition | undefined;
      readonly requestId?: string | undefined;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.reason = details.reason;
    this.position = details.position;
    this.requestId = details.requestId;
  }
}

export const isCancelled = (error: unknown): boolean =>
  (error instanceof SqlFailure && error.reason === "cancelled") ||
  (error instanceof DOMException && error.name === "AbortError");

/** Why an answer broke off before its end, which nothing in it can say. */
export async function readBreak(answer: Response, error: unknown): Promise<SqlFailure> {
  const id = answer.headers.get("x-runweir-query");
  const asked = id === null ? undefined : await fetch(`/api/sql/queries/${id}`).catch(() => undefined);
  const found = (asked?.ok ? await asked.json().catch(() => undefined) : undefined) as
    | { state?: string; message?: string; reason?: string; position?: SqlPosition }
    | undefined;
  if (found?.state === "failed" && found.message !== undefined)
    return new SqlFailure(answer.status, found.message, found);
  return new SqlFailure(0, "The answer broke off before its end. Please run the statement again.", {
    reason: error instanceof Error ? error.message : undefined,
  });
}

export async function readFailure(answer: Response): Promise<SqlFailure> {
  const body = (await answer.json().catch(() => undefined)) as
    | { message?: string; reason?: string; position?: SqlPosition; request_id?: string }
    | undefined;
  const message = body?.message ?? `The server answered with status ${answer.status}.`;
  return new SqlFailure(answer.status, message, {
    reason: body?.reason,
    position: body?.position,
    requestId: body?.request_id,
  });
}
