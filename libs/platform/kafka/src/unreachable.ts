import { DomainError } from "@runweir/errors";

/** What callers are told while the cluster is away or does not answer in time. */
export function unreachable(cause: unknown, message = "The log of metrics cannot be reached."): DomainError {
  return new DomainError("unavailable", `${message} Please retry.`, { retryAfterSeconds: 1, cause });
}
