import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactPath } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";

/**
 * The absolute path of an artifact, once no folder on the way to it is a symbolic link. Links are how a path that looks
 * right leaves the root; following only some of them would need a second look at every use.
 */
export async function locate(root: string, path: ArtifactPath): Promise<string> {
  let current = root;
  const segments = path === "" ? [] : path.split("/");
  for (const [index, segment] of segments.entries()) {
    current = join(current, segment);
    try {
      if ((await lstat(current)).isSymbolicLink()) throw linked(path, segments.slice(0, index + 1).join("/"));
    } catch (error) {
      // What does not exist holds no links; whoever needs it to exist finds out by using it.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") break;
      throw error;
    }
  }
  return join(root, ...segments);
}

function linked(path: string, link: string): DomainError {
  return new DomainError(
    "invalid_argument",
    `Invalid path: ${JSON.stringify(link)} is a symbolic link, and links are not followed.`,
    { field: "path", cause: path },
  );
}
