import { DomainError } from "@runweir/errors";
import { classifyFailure, type Failure } from "@runweir/postgres";

/** What a writer of metrics is told of a failed statement: `unavailable`, `storage_full`, or `internal` for good. */
export function writeRefusal(failure: Failure, cause: unknown): DomainError {
  if (failure === "full") {
    return new DomainError("storage_full", "The database has no space left to store metrics.", { cause });
  }
  if (failure === "transient") {
    return new DomainError("unavailable", "The database cannot be reached. Please retry.", {
      retryAfterSeconds: 1,
      cause,
    });
  }
  return new DomainError("internal", "The metrics could not be stored.", { cause });
}

/** For statements of a writer: `work.catch(rethrowWrite)`. */
export function rethrowWrite(error: unknown): never {
  if (error instanceof DomainError) throw error;
  throw writeRefusal(classifyFailure(error), error);
}
