import { DomainError } from "@runweir/errors";

/** A value that is not what its field wants; `field` is its place in the request. */
export function refused(field: string, rule: string, found: unknown): DomainError {
  return new DomainError("invalid_argument", `'${field}' ${rule}. Found ${describe(found)}.`, { field });
}

/** Bytes that are not what their content type says. */
export function malformedBody(what: string, cause?: unknown): DomainError {
  return new DomainError("invalid_argument", `The body cannot be read: ${what}.`, {
    reason: "malformed_body",
    cause,
  });
}

export function tooLarge(what: string, limit: number): DomainError {
  return new DomainError("payload_too_large", `${what} may have at most ${limit} bytes.`);
}

const shownMax = 80;

function describe(found: unknown): string {
  if (Array.isArray(found)) return "an array";
  if (typeof found === "object" && found !== null) return "an object";
  if (found === undefined) return "nothing";
  const text = JSON.stringify(typeof found === "string" ? found.slice(0, shownMax).toWellFormed() : found);
  return typeof found === "string" && found.length > shownMax
    ? `${text}… (${found.length} characters)`
    : text;
}
