import { DomainError } from "@runweir/errors";
import { requireText } from "@runweir/tracking-domain";
import { limits } from "./limits.ts";

export function requireAlias(alias: string): string {
  if (alias === "") throw invalid("Registered model alias name cannot be empty.");
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias))
    throw invalid(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  return requireText("Registered model alias name", alias, limits.alias);
}

/** An alias that may be set: not one that would read like a version or the newest one. */
export function requireFreeAlias(alias: string): string {
  requireAlias(alias);
  if (isLatest(alias)) throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
  return alias;
}

export function isLatest(alias: string): boolean {
  return alias.toLowerCase() === "latest";
}

function invalid(message: string): DomainError {
  return new DomainError("invalid_argument", message, { field: "alias" });
}
