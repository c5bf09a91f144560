import { DomainError } from "@runweir/errors";

/** A failure as the last line of an answer whose status has been sent. Nothing is told of what was not foreseen. */
export function errorLine(error: unknown, requestId: string): string {
  const answer =
    error instanceof DomainError
      ? {
          error_code: error.code.toUpperCase(),
          message: error.message,
          field: error.field,
          retry_after_seconds: error.retryAfterSeconds,
          request_id: requestId,
        }
      : {
          error_code: "INTERNAL",
          message: `Something went wrong on the server; its log has the details under request ${requestId}.`,
          request_id: requestId,
        };
  return `${JSON.stringify({ error: answer })}\n`;
}
