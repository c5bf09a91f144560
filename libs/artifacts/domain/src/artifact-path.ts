import { DomainError } from "@runweir/errors";

declare const checked: unique symbol;

/**
 * A path that may be joined to a trusted root: relative, `/` between segments, no `.` or `..`, no empty segment. The empty
 * path is the root itself. Only `parseArtifactPath` and `joinArtifactPath` make one.
 */
export type ArtifactPath = string & { readonly [checked]: true };

export const rootPath = "" as ArtifactPath;

/** S3 keys end at 1,024 bytes; a prefix has to fit in as well. */
const bytesMax = 1_000;
/** What file systems take per name. */
const segmentBytesMax = 255;
/** Nobody encodes a name this often for a good reason. */
const decodingsMax = 8;

/**
 * How MLflow 2 names the images it logs by step. Its percent signs only separate, but may stand before digits that would
 * decode to anything: `%17` of a timestamp, `%5c` of an id.
 */
const imageNameOfMlflow2 =
  /%step%\d{1,19}%timestamp%\d{1,19}%[0-9a-f-]{32,36}(%compressed)?(?=\.[a-z]{3,4}$)/;

/**
 * Checks a path as a client sent it, decoded once by the transport, and brings it to its one spelling.
 *
 * The path is looked at in every form that repeated percent-decoding can give it, because stores and proxies behind us may
 * decode again; the name that is kept is the one that was sent. Rejects with MLflow's message, `Invalid path`.
 */
export function parseArtifactPath(raw: string): ArtifactPath {
  let form = raw.replace(imageNameOfMlflow2, (name) => name.replaceAll("%", "+"));
  for (let decodings = 0; ; decodings++) {
    if (decodings > decodingsMax || isAttack(form)) throw invalidPath(raw);
    const next = decodeAscii(form);
    if (next === form) break;
    form = next;
  }
  const segments = raw.split("/").filter((segment) => segment !== "" && segment !== ".");
  const path = segments.join("/");
  const bytes = (text: string) => Buffer.byteLength(text);
  if (bytes(path) > bytesMax || segments.some((segment) => bytes(segment) > segmentBytesMax)) {
    throw new DomainError(
      "invalid_argument",
      `Invalid path: at most ${bytesMax} bytes and ${segmentBytesMax} bytes between slashes are allowed.`,
      { field: "path" },
    );
  }
  return path as ArtifactPath;
}

/** A folder and a path below it; either may be the root. */
export function joinArtifactPath(folder: ArtifactPath, path: ArtifactPath): ArtifactPath {
  if (folder === "") return path;
  return (path === "" ? folder : `${folder}/${path}`) as ArtifactPath;
}

export function nameOf(path: ArtifactPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function folderOf(path: ArtifactPath): ArtifactPath {
  return path.slice(0, Math.max(0, path.lastIndexOf("/"))) as ArtifactPath;
}

export function invalidPath(raw: string): DomainError {
  return new DomainError("invalid_argument", "Invalid path", { field: "path", cause: raw });
}

function isAttack(path: string): boolean {
  return (
    hasControlCharacter(path) ||
    !path.isWellFormed() ||
    /[\\#]/.test(path) ||
    path.startsWith("/") ||
    /^[a-z]:/i.test(path) ||
    /^file:/i.test(path) ||
    path.split("/").some((segment) => segment.trim() === "..")
  );
}

/** NUL ends a name in C, line breaks end a header; no tool we know writes either into a name. */
export function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** Every character that matters to an attack is ASCII; the rest may stay encoded, so broken UTF-8 cannot hide anything. */
function decodeAscii(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
