import { DomainError, type ErrorCode } from "@runweir/errors";
import { APIError } from "better-auth/api";

const statuses = {
  invalid_argument: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  permission_denied: "FORBIDDEN",
  not_found: "NOT_FOUND",
  already_exists: "CONFLICT",
  failed_precondition: "PRECONDITION_FAILED",
  conflict: "CONFLICT",
  payload_too_large: "PAYLOAD_TOO_LARGE",
  resource_exhausted: "TOO_MANY_REQUESTS",
  storage_full: "INSUFFICIENT_STORAGE",
  unavailable: "SERVICE_UNAVAILABLE",
  not_implemented: "NOT_IMPLEMENTED",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, string>;

/** The domain's errors in the sign-in library's form, which knows how to answer them. */
export async function inItsErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, field, retryAfterSeconds } = error;
    const headers: Record<string, string> = {};
    if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
    throw new APIError(
      statuses[code],
      { code: code.toUpperCase(), message, field, retryAfterSeconds },
      headers,
    );
  }
}
