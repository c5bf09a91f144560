import { DomainError, type ErrorCode } from "@runweir/errors";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** The codes of MLflow's protocol that this door uses; a client that meets another one cannot name it. */
type WireCode =
  | "BAD_REQUEST"
  | "ENDPOINT_NOT_FOUND"
  | "INTERNAL_ERROR"
  | "INVALID_PARAMETER_VALUE"
  | "INVALID_STATE"
  | "NOT_IMPLEMENTED"
  | "PERMISSION_DENIED"
  | "QUOTA_EXCEEDED"
  | "REQUEST_LIMIT_EXCEEDED"
  | "RESOURCE_ALREADY_EXISTS"
  | "RESOURCE_CONFLICT"
  | "RESOURCE_DOES_NOT_EXIST"
  | "TEMPORARILY_UNAVAILABLE"
  | "UNAUTHENTICATED";

interface WireError {
  readonly errorCode: WireCode;
  readonly status: number;
}

/**
 * MLflow's Python client repeats a request for minutes on 408, 429, 500, 502, 503 and 504, so only what may pass by
 * itself has one of these: a full disk is 507, and INVALID_STATE is 400 though MLflow answers it with 500.
 */
export const wireErrors = {
  invalid_argument: { errorCode: "INVALID_PARAMETER_VALUE", status: 400 },
  unauthenticated: { errorCode: "UNAUTHENTICATED", status: 401 },
  permission_denied: { errorCode: "PERMISSION_DENIED", status: 403 },
  not_found: { errorCode: "RESOURCE_DOES_NOT_EXIST", status: 404 },
  already_exists: { errorCode: "RESOURCE_ALREADY_EXISTS", status: 400 },
  failed_precondition: { errorCode: "INVALID_PARAMETER_VALUE", status: 400 },
  conflict: { errorCode: "RESOURCE_CONFLICT", status: 409 },
  payload_too_large: { errorCode: "BAD_REQUEST", status: 413 },
  resource_exhausted: { errorCode: "REQUEST_LIMIT_EXCEEDED", status: 429 },
  storage_full: { errorCode: "QUOTA_EXCEEDED", status: 507 },
  unavailable: { errorCode: "TEMPORARILY_UNAVAILABLE", status: 503 },
  not_implemented: { errorCode: "NOT_IMPLEMENTED", status: 501 },
  internal: { errorCode: "INTERNAL_ERROR", status: 500 },
} as const satisfies Record<ErrorCode, WireError>;

/** Where a finer reason of the domain has a code of its own on this wire. */
const wireErrorsByReason: Readonly<Record<string, WireError>> = {
  invalid_state: { errorCode: "INVALID_STATE", status: 400 },
  // Clients repeat it in vain, but MLflow's own tests expect this status for a model source on another machine.
  foreign_file_host: { errorCode: "INTERNAL_ERROR", status: 500 },
};

export interface ErrorAnswer extends WireError {
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
}

export function describeError(error: Error, requestId: string): ErrorAnswer {
  if (error instanceof DomainError) {
    const wire = wireErrorsByReason[error.reason ?? ""] ?? wireErrors[error.code];
    const retryAfterSeconds = error.retryAfterSeconds ?? (error.code === "unavailable" ? 1 : undefined);
    return { ...wire, message: error.message, retryAfterSeconds };
  }
  // The framework's own refusals (a body over the limit, a bad length, ...) say what is wrong in their message.
  const status = (error as Partial<FastifyError>).statusCode ?? 500;
  if (status < 500) return { errorCode: "BAD_REQUEST", status, message: error.message };
  return {
    ...wireErrors.internal,
    message: `Something went wrong on the server; its log has the details under request ${requestId}.`,
  };
}

/** MLflow's error body. What was not foreseen goes to the log and not to the client. */
export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = describeError(error, request.id);
  if (answer.status >= 500 && answer.status !== 503) request.log.error({ err: error }, "request failed");
  if (answer.retryAfterSeconds !== undefined) reply.header("retry-after", String(answer.retryAfterSeconds));
  if (answer.status === 401) return askForCredentials(request, reply);
  return sendError(reply, answer);
}

/**
 * In MLflow's own words, for who compares them. A browser would ask people for a password by itself, in a window of its own;
 * its pages know better ways, so it is not told how.
 */
function askForCredentials(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.headers["sec-fetch-site"] === undefined)
    reply.header("www-authenticate", 'Basic realm="mlflow"');
  return reply
    .code(401)
    .type("text/html; charset=utf-8")
    .send(
      "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.",
    );
}

/** MLflow itself answers HTML here; its clients take a JSON body just as well, and people can read it. */
export function answerUnknownEndpoint(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split("?", 1)[0];
  return sendError(reply, {
    errorCode: "ENDPOINT_NOT_FOUND",
    status: 404,
    message: `There is no ${request.method} ${path} here.`,
  });
}

function sendError(reply: FastifyReply, answer: ErrorAnswer): FastifyReply {
  return reply
    .code(answer.status)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify({ error_code: answer.errorCode, message: answer.message }));
}
