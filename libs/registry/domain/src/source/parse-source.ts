import { posix } from "node:path";
import { DomainError } from "@runweir/errors";

/** What the source of a version says it is, before anybody has looked whether that is there. */
export type Source =
  /** A path on the server's own machine; undefined when it is no plain absolute path. */
  | { readonly kind: "local"; readonly path: string | undefined }
  /** `models:/m-...`: a logged model. */
  | { readonly kind: "logged-model"; readonly modelId: string }
  /** `models:/name/3`, `models:/name/Production`, `models:/name/latest`, `models:/name@champion`. */
  | {
      readonly kind: "version";
      readonly name: string;
      readonly of: { readonly version: string } | { readonly stage: string } | { readonly alias: string };
    }
  /** Anything that is reached by a scheme; the server itself never goes there for the sake of a version. */
  | { readonly kind: "remote" };

/** Throws `invalid_argument` for a remote source whose path is not plain, and for a foreign host in a `file:` one. */
export function parseSource(source: string): Source {
  // One letter before the colon is a drive of Windows, not a scheme.
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(source) ?? [];
  if (scheme === undefined) return { kind: "local", path: plainPath(source) };
  const { authority, path } = splitAuthority(rest);
  if (scheme.toLowerCase() === "file") {
    if (!/^(localhost|127\.0\.0\.1)?(:\d+)?$/i.test(authority)) throw foreignHost(source);
    return { kind: "local", path: plainPath(decodeOnce(path)) };
  }
  requirePlainRemotePath(source, path);
  if (scheme.toLowerCase() !== "models") return { kind: "remote" };
  if (authority !== "") throw notOf(source, "model_id");
  return parseModelPath(source, path.replace(/^\/+/, ""));
}

function parseModelPath(source: string, path: string): Source {
  const [name = "", suffix, ...more] = path.split("/");
  if (more.length > 0 || name.trim() === "" || suffix?.trim() === "") throw notOf(source, "model_id");
  if (suffix !== undefined) {
    if (/^\d+$/.test(suffix)) return { kind: "version", name, of: { version: suffix } };
    if (suffix.toLowerCase() === "latest") return { kind: "version", name, of: { alias: "latest" } };
    return { kind: "version", name, of: { stage: suffix } };
  }
  const at = name.lastIndexOf("@");
  if (at < 0) return { kind: "logged-model", modelId: name };
  if (at === 0 || at === name.length - 1) throw notOf(source, "model_id");
  return { kind: "version", name: name.slice(0, at), of: { alias: name.slice(at + 1) } };
}

function splitAuthority(rest: string): { readonly authority: string; readonly path: string } {
  const [, authority = "", path = rest] = /^\/\/([^/?#]*)(.*)$/s.exec(rest) ?? [];
  return { authority, path };
}

/** An absolute path without `.`, `..`, doubled and trailing slashes. */
function plainPath(path: string): string | undefined {
  if (!path.startsWith("/") || path.includes("\0")) return undefined;
  const normal = posix.normalize(path).replace(/\/+$/, "");
  return normal === "" ? "/" : normal;
}

/** Refuses whatever a server behind the location could take for a way out: decoded as often as it can be. */
function requirePlainRemotePath(source: string, path: string): void {
  const whole = decodeWhole(source);
  const plain = decodeWhole(path).split(/[?#]/, 1)[0] ?? "";
  const segments = plain.split("/").filter((segment) => segment !== "");
  const isPlain =
    plain.startsWith("/") &&
    segments.length > 0 &&
    !segments.includes(".") &&
    !whole.includes("\0") &&
    !whole.split(/[/\\]/).includes("..");
  if (isPlain) return;
  throw new DomainError(
    "invalid_argument",
    `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, ` +
      "objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references " +
      "present. Please provide an absolute path.",
    { field: "source" },
  );
}

/** Every round is shorter than the one before, so this ends. */
function decodeWhole(text: string): string {
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decoded === text ? text : decodeWhole(decoded);
}

/** As clients decode a `file:` location; a lone `%` stands for itself. */
function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function notOf(source: string, field: "run_id" | "model_id"): DomainError {
  return new DomainError(
    "invalid_argument",
    `Invalid model version source: '${source}'. The ${field} request parameter must identify the resource that ` +
      "contains the source.",
    { field: "source" },
  );
}

function foreignHost(source: string): DomainError {
  return new DomainError(
    "invalid_argument",
    `${source} is not a valid remote uri. For remote access on windows, please consider using a different scheme ` +
      "such as SMB (e.g. smb://<hostname>/<path>).",
    { field: "source", reason: "foreign_file_host" },
  );
}
