import { StatementError } from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";
import type { FastifyInstance } from "fastify";

/** Where the status of a code would mislead: clients come again after 429, and the same statement fails the same way. */
const statusOfReason: Readonly<Record<string, number>> = {
  not_acceptable: 406,
  cancelled: 409,
  engine_failed: 422,
  out_of_memory: 422,
  time_limit: 422,
  too_many_bytes: 422,
  too_many_rows: 422,
  worker_ended: 422,
};
const statusOfCode: Readonly<Partial<Record<DomainError["code"], number>>> = {
  invalid_argument: 400,
  permission_denied: 403,
  not_found: 404,
  already_exists: 409,
  failed_precondition: 412,
  resource_exhausted: 429,
};

/** Failures of statements say their reason and their place; all others are the server's to answer. */
export function answerSqlErrors(door: FastifyInstance): void {
  door.setErrorHandler((error, request, reply) => {
    if (!(error instanceof DomainError)) throw error;
    const status = statusOfReason[error.reason ?? ""] ?? statusOfCode[error.code];
    if (status === undefined) throw error;
    if (error.retryAfterSeconds !== undefined) reply.header("retry-after", String(error.retryAfterSeconds));
    return reply.code(status).send({ ...describeFailure(error), request_id: request.id });
  });
}

/** What may be said of a failure, whichever way it is asked for. */
export function describeFailure(error: unknown) {
  if (!(error instanceof DomainError)) return { error_code: "INTERNAL", message: "The statement failed." };
  const position = error instanceof StatementError ? error.position : undefined;
  return {
    error_code: error.code.toUpperCase(),
    message: error.message,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(position === undefined ? {} : { position }),
  };
}
