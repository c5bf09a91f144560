import type { Readable } from "node:stream";
import { storageFull } from "@runweir/artifacts-domain";
import { DomainError, type ErrorCode } from "@runweir/errors";

const meanings: Readonly<Record<string, readonly [ErrorCode, (path: string) => string]>> = {
  NoSuchKey: ["not_found", missing],
  NotFound: ["not_found", missing],
  NoSuchUpload: ["not_found", (path) => `There is no such upload of '${path}'.`],
  NoSuchBucket: ["unavailable", () => "The bucket of the artifact store does not exist."],
  AccessDenied: ["unavailable", (path) => `The artifact store does not let this server at '${path}'.`],
  InvalidAccessKeyId: ["unavailable", () => "The artifact store does not know this server's credentials."],
  SignatureDoesNotMatch: [
    "unavailable",
    () => "The artifact store does not accept this server's credentials.",
  ],
  PreconditionFailed: ["conflict", (path) => `'${path}' was replaced while it was read; read it again.`],
  InvalidPart: [
    "invalid_argument",
    (path) => `A part of '${path}' was never received, or with another etag.`,
  ],
  InvalidPartOrder: ["invalid_argument", (path) => `The parts of '${path}' are not in order.`],
  EntityTooSmall: ["invalid_argument", (path) => `A part of '${path}' other than its last is under 5 MiB.`],
  EntityTooLarge: ["payload_too_large", (path) => `'${path}' is larger than the artifact store takes.`],
  KeyTooLongError: [
    "invalid_argument",
    (path) => `Invalid path: '${path}' is longer than the artifact store allows.`,
  ],
  SlowDown: ["unavailable", () => "The artifact store is overloaded; try again."],
  ServiceUnavailable: ["unavailable", () => "The artifact store is unavailable; try again."],
  InternalError: ["unavailable", () => "The artifact store had an error of its own; try again."],
};

/** How S3-speaking stores say that nothing more fits. */
const fullNames: ReadonlySet<string> = new Set(["XMinioStorageFull", "QuotaExceeded", "InsufficientStorage"]);

const unreachableCodes: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** Runs one operation; what the store says reaches people in our words. A source that broke keeps its own error. */
export async function translate<T>(path: string, operation: () => Promise<T>, source?: Readable): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (source?.errored) throw source.errored;
    throw describe(path, error);
  }
}

function describe(path: string, error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const status = statusOf(error);
  if (status !== undefined) {
    if (fullNames.has(error.name) || status === 507) return storageFull(path, error);
    const meaning = meanings[error.name] ?? byStatus(status);
    if (meaning) return new DomainError(meaning[0], meaning[1](path), { field: "path", cause: error });
  }
  if ("code" in error && unreachableCodes.has(error.code)) {
    return new DomainError("unavailable", "The artifact store cannot be reached; try again.", {
      cause: error,
    });
  }
  return error;
}

/** Also of answers that are not the XML they should be, as gateways in between give them. */
function statusOf(error: Error): number | undefined {
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}

/** Answers to HEAD have no body, and so no name. */
function byStatus(status: number): (typeof meanings)[string] | undefined {
  if (status === 404) return meanings.NotFound;
  if (status === 403) return meanings.AccessDenied;
  if (status === 412) return meanings.PreconditionFailed;
  return status >= 500 ? meanings.ServiceUnavailable : undefined;
}

function missing(path: string): string {
  return `No such artifact: '${path}'`;
}
