/** What is wrong with a name. */
export type NameFault =
  | { readonly kind: "characters" }
  | { readonly kind: "path"; readonly resolvesTo: string }
  | { readonly kind: "length" };

/** In characters, as MLflow counts them: code points. */
export const nameLengthMax = 250;

const allowedCharacters = /^[/\p{L}\p{N}_.\- :]*$/u;

/**
 * MLflow's rule for names of metrics, params and tags: letters, digits and `_-. :/`, and the path they would be must be
 * itself. Undefined when a name is in order.
 */
export function findNameFault(name: string): NameFault | undefined {
  if (isPlain(name)) return undefined;
  if (name.length > 2 * nameLengthMax) return { kind: "length" };
  if (!allowedCharacters.test(name)) return { kind: "characters" };
  const normal = normalizePath(name);
  if (normal !== name || normal === "." || normal.startsWith("..") || normal.startsWith("/"))
    return { kind: "path", resolvesTo: normal };
  if (name.length > nameLengthMax && Array.from(name).length > nameLengthMax) return { kind: "length" };
  return undefined;
}

/** Most names, told apart without a regular expression: this is asked for every name of every request. */
function isPlain(name: string): boolean {
  const { length } = name;
  if (length === 0 || length > nameLengthMax) return false;
  let startsPart = true;
  for (let i = 0; i < length; i += 1) {
    const code = name.charCodeAt(i);
    const isWord =
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x30 && code <= 0x3a) ||
      (code >= 0x41 && code <= 0x5a) ||
      code === 0x5f ||
      code === 0x2d ||
      code === 0x20;
    if (isWord) startsPart = false;
    else if (startsPart) return false;
    else if (code === 0x2f) startsPart = true;
    else if (code !== 0x2e) return false;
  }
  return !startsPart;
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
