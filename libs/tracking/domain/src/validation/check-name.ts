import { DomainError } from "@runweir/errors";
import { findNameFault } from "@runweir/ingest-domain";
import { invalidValue } from "./check-text.ts";
import { limits } from "./limits.ts";

/** Names of metrics, params and tags, refused in MLflow's words. */
export function requireName(path: string, name: string, lengthPath: string): string {
  const fault = findNameFault(name);
  switch (fault?.kind) {
    case undefined:
      return name;
    case "characters":
      throw invalidValue(
        path,
        name,
        "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
      );
    case "path":
      throw invalidValue(
        path,
        name,
        "Names may be treated as files in certain cases, and must not resolve to other names when treated as such. " +
          `This name would resolve to '${fault.resolvesTo}'`,
      );
    case "length":
      throw new DomainError(
        "invalid_argument",
        `'${lengthPath}' exceeds the maximum length of ${limits.entityKey} characters`,
        { field: path },
      );
  }
}
