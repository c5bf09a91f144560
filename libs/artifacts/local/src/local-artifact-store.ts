import { mkdirSync, realpathSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type ArtifactPath,
  type ArtifactStore,
  holdError,
  invalidPath,
  type StoredEntry,
  withoutDestroying,
} from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import { locate } from "./locate.ts";
import { createMultipart } from "./multipart.ts";
import { openLocalFile } from "./open-local-file.ts";
import { publish, writeStaged } from "./staged-file.ts";
import { createStaging, stagingName } from "./staging.ts";
import { translate } from "./translate.ts";

/**
 * Artifacts as plain files under `folder`, which is made when missing. Files in the making lie in a hidden folder of the
 * same root, so that one rename shows them whole; what a killed process left there is removed a day later.
 *
 * Symbolic links below the root are not followed, listed or written through, wherever they point.
 */
export function createLocalArtifactStore(options: { readonly folder: string }): ArtifactStore {
  mkdirSync(options.folder, { recursive: true });
  const root = realpathSync(resolve(options.folder));
  const staging = createStaging(root);
  const at = (path: ArtifactPath) => {
    if (path.split("/", 1)[0] === stagingName) throw invalidPath(path);
    return locate(root, path);
  };

  return {
    put(path, body) {
      holdError(body);
      return translate(path, async () => {
        await at(path);
        const staged = await writeStaged(staging, withoutDestroying(body));
        await publish(root, path, staged.file);
      });
    },
    open: (path) => translate(path, async () => openLocalFile(await at(path), path)),
    stat: (path) =>
      translate(path, async () => {
        try {
          const found = await lstat(await at(path));
          return found.isDirectory() ? "folder" : found.isFile() ? "file" : "nothing";
        } catch (error) {
          if (isMissing(error)) return "nothing";
          throw error;
        }
      }),
    list: (folder, page) => translate(folder, async () => listFolder(await at(folder), page)),
    delete(path) {
      return translate(path, async () => {
        if (path === "") throw invalidPath(path);
        try {
          await rm(await at(path), { recursive: true, force: true, maxRetries: 3 });
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
      });
    },
    ...createMultipart({ staging, check: at, publish: (path, file) => publish(root, path, file) }),
  };
}

function isMissing(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === "not_found";
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

async function listFolder(
  folder: string,
  page: { readonly limit: number; readonly pageToken?: string | undefined },
): Promise<{ entries: readonly StoredEntry[]; nextPageToken?: string | undefined }> {
  const names = await readNames(folder);
  const after = page.pageToken === undefined ? undefined : readToken(page.pageToken);
  const rest = names.filter(({ name }) => name !== stagingName && (after === undefined || name > after));
  rest.sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = rest.slice(0, page.limit);
  const entries: StoredEntry[] = [];
  for (const { name, isFolder } of shown) {
    if (isFolder) entries.push({ kind: "folder", name });
    else {
      const found = await lstat(join(folder, name)).catch(() => undefined);
      // Deleted or replaced by a folder since the names were read.
      if (found?.isFile())
        entries.push({ kind: "file", name, bytes: found.size, modifiedAt: Math.trunc(found.mtimeMs) });
    }
  }
  const last = shown.at(-1)?.name;
  const isMore = rest.length > shown.length && last !== undefined;
  return { entries, nextPageToken: isMore ? Buffer.from(last).toString("base64url") : undefined };
}

async function readNames(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found
      .filter((entry) => entry.isDirectory() || entry.isFile())
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function readToken(token: string): string {
  const name = Buffer.from(token, "base64url").toString();
  if (name !== "" && Buffer.from(name).toString("base64url") === token) return name;
  throw new DomainError("invalid_argument", "Invalid page_token: it was not given out by this listing.", {
    field: "page_token",
  });
}
