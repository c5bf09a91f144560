import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DomainError } from "@runweir/errors";
import {
  damaged,
  parseManifest,
  printManifest,
  type SnapshotFile,
  type SnapshotFolder,
} from "@runweir/snapshot-domain";

export function openSnapshotFolder(root: string): SnapshotFolder {
  const locate = (path: string): string => join(root, path);

  async function seal(path: string): Promise<{ bytes: number; sha256: string }> {
    const file = await open(locate(path), "r");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    return { bytes: (await stat(locate(path))).size, sha256: await hashFile(locate(path)) };
  }

  async function findDamage(file: SnapshotFile, thorough: boolean): Promise<string | undefined> {
    const found = await stat(locate(file.path)).catch(() => undefined);
    if (!found) return `File ${file.path} is missing`;
    if (found.size !== file.bytes)
      return `File ${file.path} has ${found.size} bytes instead of ${file.bytes}`;
    if (thorough && (await hashFile(locate(file.path))) !== file.sha256)
      return `File ${file.path} is not as it was written: its checksum differs`;
    return undefined;
  }

  return {
    root,
    locate,
    // All there is of them: nobody takes one away while a lease is held.
    async hold(files) {
      for (const file of files) {
        const what = await findDamage(file, false);
        if (what !== undefined) throw damaged(what);
      }
      return () => {};
    },
    seal: (path) => seal(path).catch(rethrowFull),

    async reserve(table) {
      await mkdir(locate(`data/${table}`), { recursive: true }).catch(rethrowFull);
      return `data/${table}/${randomUUID()}.parquet`;
    },

    async writeManifest(manifest) {
      // The number alone may have been used by an attempt that did not live to publish.
      const path = `manifests/${String(manifest.seq).padStart(12, "0")}-${randomUUID().slice(0, 8)}.json`;
      const text = printManifest(manifest);
      try {
        await mkdir(locate("manifests"), { recursive: true });
        const file = await open(locate(path), "wx");
        try {
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        // The names of all new files must be on the disk too before anybody hears of them.
        for (const folder of new Set([path, ...manifest.files.map((one) => one.path)].map(dirname)))
          await syncFolder(locate(folder));
      } catch (error) {
        rethrowFull(error);
      }
      return { path, sha256: createHash("sha256").update(text).digest("hex") };
    },

    async readManifest(path, sha256) {
      const text = await readFile(locate(path), "utf8").catch((cause: unknown) => {
        throw damaged(`Manifest ${path} is missing`, cause);
      });
      if (createHash("sha256").update(text).digest("hex") !== sha256)
        throw damaged(`Manifest ${path} is not as it was written`);
      return parseManifest(text, path);
    },

    findDamage,

    async remove(paths) {
      for (const path of paths) await rm(locate(path), { force: true });
    },

    async sweep(kept) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const name = path.slice(root.length).replaceAll("\\", "/").replace(/^\//, "");
        if (/^(data|manifests)\//.test(name) && !kept.has(name)) await rm(path, { force: true });
      }
    },
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(part as Buffer);
  return hash.digest("hex");
}

async function syncFolder(path: string): Promise<void> {
  // A copy of what a store holds need not have every folder.
  const folder = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (!folder) return;
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A full disk in the product's words, anything else as it is. */
export function rethrowFull(error: unknown): never {
  if (error instanceof Error && "code" in error && /^(ENOSPC|EFBIG|EDQUOT)$/.test(String(error.code)))
    throw new DomainError("storage_full", `The disk of the snapshots is full: ${error.message}`, {
      cause: error,
    });
  throw error;
}
