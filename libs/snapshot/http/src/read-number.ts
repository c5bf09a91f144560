import { DomainError } from "@runweir/errors";

/** The number of a snapshot in a path. */
export function readNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new DomainError(
    "invalid_argument",
    `number must be a whole number from 1. Found ${JSON.stringify(text)}.`,
    { field: "number" },
  );
}
