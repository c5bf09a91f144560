import { DomainError } from "@runweir/errors";
import { classifyFailure } from "./classify-failure.ts";
import type { Statements } from "./database.ts";

/**
 * The database with its own failures in the product's words: `unavailable` (retry) when it cannot be reached or is busy,
 * `storage_full` when its disk is full, `invalid_argument` for patterns it cannot read. Others stay what they are: faults.
 */
export function translateFailures<Given extends Statements>(database: Given): Given {
  return {
    ...database,
    query: (text, values, name) => database.query<never>(text, values, name).catch(rethrowTranslated),
    transaction: (work, isolation) => database.transaction(work, isolation).catch(rethrowTranslated),
  };
}

/** For work that goes to the pool itself: `work.catch(rethrowTranslated)`. */
export function rethrowTranslated(error: unknown): never {
  throw translate(error);
}

function translate(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "22025" || code === "2201B") {
    return new DomainError(
      "invalid_argument",
      `Invalid pattern in filter string: ${error instanceof Error ? error.message : ""}.`,
      { field: "filter", cause: error },
    );
  }
  if (code === "22021" || code === "22P05") {
    return new DomainError("invalid_argument", "Text must not contain the character NUL (U+0000).", {
      cause: error,
    });
  }
  switch (classifyFailure(error)) {
    case "transient":
      return new DomainError("unavailable", "The database cannot be reached at the moment. Please retry.", {
        retryAfterSeconds: 1,
        cause: error,
      });
    case "full":
      return new DomainError("storage_full", "The database's disk is full: nothing more can be stored.", {
        cause: error,
      });
    case "refused":
      return error;
  }
}
