import { DomainError } from "@runweir/errors";

export function refused(what: string, found: string, allowed: string): DomainError {
  return new DomainError("invalid_argument", `${what}: found ${found}, allowed is ${allowed}.`);
}
