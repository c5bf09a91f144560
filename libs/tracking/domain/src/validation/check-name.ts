import { DomainError } from "@runweir/errors";
import { invalidValue, isLongerThan } from "./check-text.ts";
import { limits } from "./limits.ts";

const allowedCharacters = /^[/\p{L}\p{N}_.\- :]*$/u;

/** Names that have passed before: a run says the same ones with every step. Emptied when it is full. */
const passed = new Set<string>();
const passedMax = 20_000;

/** Names of metrics, params and tags: MLflow's characters, and the path they would be must be itself. */
export function requireName(path: string, name: string, lengthPath: string): string {
  if (passed.has(name)) return name;
  assertName(path, name, lengthPath);
  if (passed.size >= passedMax) passed.clear();
  passed.add(name);
  return name;
}

function assertName(path: string, name: string, lengthPath: string): void {
  if (!allowedCharacters.test(name))
    throw invalidValue(
      path,
      name,
      "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
    );
  const normal = normalizePath(name);
  if (normal !== name || normal === "." || normal.startsWith("..") || normal.startsWith("/"))
    throw invalidValue(
      path,
      name,
      "Names may be treated as files in certain cases, and must not resolve to other names when treated as such. " +
        `This name would resolve to '${normal}'`,
    );
  if (isLongerThan(name, limits.entityKey))
    throw new DomainError(
      "invalid_argument",
      `'${lengthPath}' exceeds the maximum length of ${limits.entityKey} characters`,
      { field: path },
    );
}

/** POSIX path normalisation as Python does it: the empty path is `.`, two leading slashes stay. */
function normalizePath(path: string): string {
  if (path === "") return ".";
  const leading = path.startsWith("//") && !path.startsWith("///") ? "//" : path.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (leading === "" && (parts.length === 0 || parts.at(-1) === ".."))) parts.push(part);
    else parts.pop();
  }
  return leading + parts.join("/") || ".";
}
