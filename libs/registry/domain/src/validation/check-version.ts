import { DomainError } from "@runweir/errors";

/** The number of a version, which the protocol carries as text. */
export function requireVersion(version: string): number {
  const text = version.trim();
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
  throw new DomainError("invalid_argument", `Parameter 'version' must be an integer, got '${version}'.`, {
    field: "version",
  });
}
