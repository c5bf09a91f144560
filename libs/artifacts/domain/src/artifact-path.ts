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
 * How MLflow 2 names the images it logs by step. To MLflow's own clients the signs between the parts are the beginnings of
 * escapes (`%23` of a step, in early versions `%5c` of an id), so that listing a folder with such a name may fail there.
 */
const imageNameOfMlflow2 =
  /%step%(-?\d{1,19})%timestamp%(\d{1,19})%([0-9a-z-]{32,36})(?:%(compressed))?(?=\.[a-z]{3,4}$)/i;

/**
 * Checks a path as a client sent it, decoded once by the transport, and brings it to its one spelling: percent-decoded until
 * nothing changes any more. MLflow's clients do that to every name they are told before they ask for it, so no other
 * spelling could be found again. Names of images by step get the signs of MLflow 3 (`+step+1+timestamp+...`).
 *
 * Every form on the way is checked, the last of them is the path. Rejects with MLflow's message, `Invalid path`.
 */
export function parseArtifactPath(raw: string): ArtifactPath {
  return normalize(decodeWhole(raw));
}

/** The same checks for a path that other programs use as it is written: it keeps its spelling. */
export function parseLiteralPath(raw: string): ArtifactPath {
  decodeWhole(raw);
  return normalize(raw);
}

function decodeWhole(raw: string): string {
  if (hasControlCharacter(raw)) throw invalidPath(raw);
  let form = raw.replace(imageNameOfMlflow2, (_, ...parts: (string | undefined)[]) => {
    const [step, timestamp, id, compressed] = parts;
    return `+step+${step}+timestamp+${timestamp}+${id}${compressed === undefined ? "" : "+compressed"}`;
  });
  for (let decodings = 0; ; decodings++) {
    if (decodings > decodingsMax || isAttack(form)) throw invalidPath(raw);
    const next = decodeOnce(form);
    if (next === form) return form;
    form = next;
  }
}

function normalize(path: string): ArtifactPath {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  const normal = segments.join("/");
  const bytes = (text: string) => Buffer.byteLength(text);
  if (bytes(normal) > bytesMax || segments.some((segment) => bytes(segment) > segmentBytesMax)) {
    throw new DomainError(
      "invalid_argument",
      `Invalid path: at most ${bytesMax} bytes and ${segmentBytesMax} bytes between slashes are allowed.`,
      { field: "path" },
    );
  }
  return normal as ArtifactPath;
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

/**
 * As Python's `unquote` does it, with U+FFFD for what is no UTF-8, and as MLflow's clients go on from there: tabs and line
 * breaks vanish, other control characters stay escaped.
 */
function decodeOnce(text: string): string {
  if (!text.includes("%")) return text;
  const decoded = text.replace(/[\x20-\x7e]*%[\x20-\x7e]*/g, (run) => {
    const bytes = Buffer.from(
      run.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => latin1(hex)),
      "latin1",
    );
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  });
  return Array.from(decoded, (character) => {
    if (!hasControlCharacter(character)) return character;
    return "\t\r\n".includes(character) ? "" : `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  }).join("");
}

function latin1(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}
