import { isStorageFull, storageFull } from "@runweir/artifacts-domain";
import { DomainError, type ErrorCode } from "@runweir/errors";

const meanings: Readonly<Record<string, readonly [ErrorCode, (path: string) => string]>> = {
  ENOENT: ["not_found", (path) => `No such artifact: '${path}'`],
  // A socket lies there; files of other kinds are seen for what they are once they are open.
  ENXIO: ["not_found", (path) => `No such artifact: '${path}'`],
  ENOTDIR: [
    "invalid_argument",
    (path) => `A part of the path '${path}' is a file, so nothing can lie below it.`,
  ],
  EISDIR: ["invalid_argument", isFolder],
  ENOTEMPTY: ["invalid_argument", isFolder],
  EEXIST: [
    "invalid_argument",
    (path) => `'${path}' cannot be written where a file or folder of that name is.`,
  ],
  ENAMETOOLONG: [
    "invalid_argument",
    (path) => `Invalid path: '${path}' is longer than the artifact store allows.`,
  ],
  EACCES: ["unavailable", (path) => `The server may not read or write '${path}' in its artifact store.`],
  EPERM: ["unavailable", (path) => `The server may not read or write '${path}' in its artifact store.`],
  EROFS: ["unavailable", () => "The artifact store is read-only."],
  EMFILE: ["unavailable", () => "The server has too many files open; try again."],
  ENFILE: ["unavailable", () => "The machine has too many files open; try again."],
};

/** Runs one operation; what the file system says about it reaches people in their words, not in paths of this machine. */
export async function translate<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (isStorageFull(error)) throw storageFull(path, error);
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const meaning = meanings[code];
    if (!meaning) throw error;
    throw new DomainError(meaning[0], meaning[1](path), { field: "path", cause: error });
  }
}

function isFolder(path: string): string {
  return `Artifact path refers to a directory, not a file: '${path}'`;
}
