import { DomainError } from "@runweir/errors";
import {
  type ArtifactPath,
  hasControlCharacter,
  parseArtifactPath,
  parseLiteralPath,
} from "./artifact-path.ts";

/**
 * What the operator trusts. Read at every use, so a getter may grow it (the testing switch does).
 *
 * - `folders`: absolute folders under which `file:` locations and plain paths may lie.
 * - `s3Prefixes`: `s3://bucket` or `s3://bucket/prefix`.
 */
export interface LocationRules {
  readonly folders?: readonly string[] | undefined;
  readonly s3Prefixes?: readonly string[] | undefined;
}

/** Where a trusted location lies: in the store that we serve ourselves, in a bucket, or under an allowed folder. */
export type TrustedLocation =
  | { readonly kind: "proxied"; readonly path: ArtifactPath }
  | { readonly kind: "s3"; readonly bucket: string; readonly path: ArtifactPath }
  | { readonly kind: "folder"; readonly folder: string; readonly path: ArtifactPath };

/** MLflow's clients put this path into http locations; whatever the host, it names the server's own tree. */
const proxyAnchor = "/api/2.0/mlflow-artifacts/artifacts";

/**
 * Decides what a stored artifact location is. It was given by whoever created the experiment and is trusted no further
 * than the rules say: everything else rejects with `invalid_argument`, reason `untrusted_location`. No host that a location
 * names is ever contacted.
 */
export function locateArtifacts(uri: string, rules: LocationRules): TrustedLocation {
  if (hasControlCharacter(uri) || !uri.isWellFormed() || /[\\?#]/.test(uri)) {
    throw untrusted(uri, rules, "it holds a character that no location may hold");
  }
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(uri) ?? [undefined, "", uri];
  switch (scheme?.toLowerCase()) {
    case "mlflow-artifacts":
      return { kind: "proxied", path: parseWithin(splitAuthority(rest ?? "").path, uri, rules) };
    case "http":
    case "https":
      return locateOwnTree(splitAuthority(rest ?? "").path, uri, rules);
    case "s3":
      return locateBucket(uri, rules);
    case "file":
      return locateFile(rest ?? "", uri, rules);
    case "":
      return locateFolder(uri, uri, rules);
    default:
      throw untrusted(uri, rules, `its scheme is ${scheme}:`);
  }
}

function locateOwnTree(path: string, uri: string, rules: LocationRules): TrustedLocation {
  const at = path.indexOf(proxyAnchor);
  const below = path.slice(at + proxyAnchor.length);
  if (at < 0 || !(below === "" || below.startsWith("/"))) {
    throw untrusted(uri, rules, `it does not lead to ${proxyAnchor}`);
  }
  return { kind: "proxied", path: parseWithin(below, uri, rules) };
}

function locateBucket(uri: string, rules: LocationRules): TrustedLocation {
  const { authority: bucket, path } = splitAuthority(uri.slice("s3:".length));
  const key = parseWithin(path, uri, rules, parseLiteralPath);
  const place = key === "" ? bucket : `${bucket}/${key}`;
  const allowed = (rules.s3Prefixes ?? []).some((prefix) =>
    isWithin(place, prefix.replace(/^s3:\/\//i, "").replace(/\/+$/, "")),
  );
  if (!allowed) throw untrusted(uri, rules, "it is under no configured s3: prefix");
  return { kind: "s3", bucket, path: key };
}

function locateFile(rest: string, uri: string, rules: LocationRules): TrustedLocation {
  const { authority, path } = splitAuthority(rest);
  if (authority !== "" && authority.toLowerCase() !== "localhost") {
    throw untrusted(uri, rules, `it names the host ${JSON.stringify(authority)}`);
  }
  return locateFolder(decodeOnce(path).replace(/^\/([a-z]:\/)/i, "$1"), uri, rules);
}

function locateFolder(path: string, uri: string, rules: LocationRules): TrustedLocation {
  if (!/^(\/|[a-z]:\/)/i.test(path)) throw untrusted(uri, rules, "it is not an absolute path");
  const drive = /^[a-z]:/i.exec(path)?.[0] ?? "";
  const full = `${drive}/${parseWithin(path.slice(drive.length), uri, rules, parseLiteralPath)}`;
  for (const folder of rules.folders ?? []) {
    const base = folder.replaceAll("\\", "/").replace(/\/+$/, "");
    if (isWithin(full, base)) {
      return { kind: "folder", folder, path: parseLiteralPath(full.slice(base.length).replace(/^\/+/, "")) };
    }
  }
  throw untrusted(uri, rules, "it is under no allowed folder");
}

function isWithin(place: string, base: string): boolean {
  return base !== "" && (place === base || place.startsWith(`${base}/`));
}

function splitAuthority(rest: string): { readonly authority: string; readonly path: string } {
  if (!rest.startsWith("//")) return { authority: "", path: rest };
  const slash = rest.indexOf("/", 2);
  return slash < 0
    ? { authority: rest.slice(2), path: "" }
    : { authority: rest.slice(2, slash), path: rest.slice(slash) };
}

function parseWithin(
  path: string,
  uri: string,
  rules: LocationRules,
  parse = parseArtifactPath,
): ArtifactPath {
  try {
    return parse(path.replace(/^\/+/, ""));
  } catch (error) {
    throw untrusted(uri, rules, "its path is not a plain path", error);
  }
}

/** Clients decode the path of a `file:` URI once; a lone `%` stands for itself. */
function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function untrusted(uri: string, rules: LocationRules, why: string, cause?: unknown): DomainError {
  const allowed = ["mlflow-artifacts:", ...(rules.s3Prefixes ?? []), ...(rules.folders ?? [])].join(", ");
  return new DomainError(
    "invalid_argument",
    `Artifact location ${JSON.stringify(uri)} is not one this server reads or writes: ${why}. Allowed are locations under ${allowed}.`,
    { field: "artifact_location", reason: "untrusted_location", cause },
  );
}
