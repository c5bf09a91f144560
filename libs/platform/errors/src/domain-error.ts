/**
 * The closed set of things that can go wrong in the domain. Every door (MLflow REST, tRPC, ...) owns one exhaustive
 * table from these codes to its wire, so a new code does not compile until each door has decided what it means.
 */
export const errorCodes = [
  "invalid_argument",
  "unauthenticated",
  "permission_denied",
  "not_found",
  "already_exists",
  "failed_precondition",
  "conflict",
  "payload_too_large",
  "resource_exhausted",
  "storage_full",
  "unavailable",
  "not_implemented",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * What went wrong, in words for the person who asked.
 *
 * - `field`: the request field at fault, as the caller wrote it (`metrics[0].timestamp`).
 * - `reason`: a finer machine-readable kind where a door needs one (for example `invalid_state`).
 * - `retryAfterSeconds`: only with `unavailable` and `resource_exhausted`.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: {
      readonly field?: string | undefined;
      readonly reason?: string | undefined;
      readonly retryAfterSeconds?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.field = details.field;
    this.reason = details.reason;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
