import { DomainError } from "@runweir/errors";
import { invalidValue, requireText } from "@runweir/tracking-domain";
import { limits } from "./limits.ts";

/** A model's name; `field` is what the request calls it. */
export function requireModelName(name: string, field: "name" | "new_name" = "name"): string {
  if (name.trim() === "")
    throw new DomainError("invalid_argument", `Missing value for required parameter '${field}'.`, { field });
  if (/[/:]/.test(name))
    throw new DomainError(
      "invalid_argument",
      `Invalid model name '${name}'. Names cannot contain '/' or ':'.`,
      { field },
    );
  if (name === "." || name.startsWith(".."))
    throw invalidValue(
      field,
      name,
      "Names may be treated as files in certain cases, and must not resolve to other names when treated as such. " +
        `This name would resolve to '${name}'`,
    );
  return requireText(field, name, limits.modelName);
}
