import { DomainError } from "@runweir/errors";

/** How every command says that an argument is not one of those it takes. */
export function refused(what: string, found: string, allowed: string): DomainError {
  return new DomainError("invalid_argument", `${what}: found ${found}, allowed is ${allowed}.`);
}
