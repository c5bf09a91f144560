import { DomainError } from "@runweir/errors";

/** Holds a list to its bounds. Throws `invalid_argument`. */
export function requireCount(field: string, count: number, least: number, most: number): void {
  if (count >= least && count <= most) return;
  throw new DomainError(
    "invalid_argument",
    `${field} has ${count} entries; ${least} to ${most} are allowed.`,
    {
      field,
    },
  );
}
