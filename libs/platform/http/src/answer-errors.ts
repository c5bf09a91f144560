import { DomainError, type ErrorCode } from "@runweir/errors";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problemPageHeaders, renderProblemPage, wantsHtml } from "./problem-page.ts";

const statuses = {
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  already_exists: 409,
  failed_precondition: 412,
  conflict: 409,
  payload_too_large: 413,
  resource_exhausted: 429,
  storage_full: 507,
  unavailable: 503,
  not_implemented: 501,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * The fallback for routes whose door brings no wire of its own: JSON for programs, a plain page for people, always with
 * the request id. What was not foreseen goes to the log and not to the caller.
 */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const answer = describe(error, request.id);
    if (answer.status >= 500 && answer.status !== 503) request.log.error({ err: error }, "request failed");
    return send(request, reply, answer);
  });
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0];
    return send(request, reply, {
      status: 404,
      code: "ENDPOINT_NOT_FOUND",
      message: `There is no ${request.method} ${path} here.`,
    });
  });
}

function describe(error: FastifyError | DomainError, requestId: string): Answer {
  if (error instanceof DomainError) {
    return {
      status: statuses[error.code],
      code: error.code.toUpperCase(),
      message: error.message,
      field: error.field,
      retryAfterSeconds: error.retryAfterSeconds ?? (error.code === "unavailable" ? 1 : undefined),
    };
  }
  // The framework's own refusals (malformed JSON, a body over the limit, ...) say what is wrong in their message.
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return { status: error.statusCode, code: "INVALID_REQUEST", message: error.message };
  }
  return {
    status: 500,
    code: "INTERNAL",
    message: `Something went wrong on the server; its log has the details under request ${requestId}.`,
  };
}

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  if (answer.retryAfterSeconds !== undefined) reply.header("retry-after", String(answer.retryAfterSeconds));
  if (answer.status === 401 && request.headers["sec-fetch-site"] === undefined)
    reply.header("www-authenticate", 'Basic realm="mlflow"');
  if (wantsHtml(request.headers.accept)) {
    return reply.headers(problemPageHeaders).send(
      renderProblemPage({
        title: answer.status === 404 ? "Nothing here" : "That did not work",
        explanation: answer.message,
        requestId: request.id,
      }),
    );
  }
  return reply.type("application/json; charset=utf-8").send({
    error_code: answer.code,
    message: answer.message,
    ...(answer.field === undefined ? {} : { field: answer.field }),
    request_id: request.id,
  });
}
