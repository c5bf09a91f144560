import { DomainError } from "@runweir/errors";

/** A failure that says by itself what the caller did: of the domain, or one that carries the status of an answer below 500. */
export function isForeseen(error: unknown): error is Error {
  if (error instanceof DomainError) return true;
  return error instanceof Error && "statusCode" in error && Number(error.statusCode) < 500;
}

/** A failure as the last line of an answer whose status has been sent. Nothing is told of what was not foreseen. */
export function errorLine(error: unknown, requestId: string): string {
  const answer =
    error instanceof DomainError
      ? {
          error_code: error.code.toUpperCase(),
          message: error.message,
          field: error.field,
          retry_after_seconds: error.retryAfterSeconds,
        }
      : isForeseen(error)
        ? { error_code: "INVALID_REQUEST", message: error.message }
        : {
            error_code: "INTERNAL",
            message: `Something went wrong on the server; its log has the details under request ${requestId}.`,
          };
  return `${JSON.stringify({ error: { ...answer, request_id: requestId } })}\n`;
}
