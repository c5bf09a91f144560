import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

export interface CachedFile {
  readonly path: string;
  readonly bytes: number;
}

export interface FileCache {
  /** These files are in use until let go. */
  pin(files: readonly CachedFile[]): () => void;
  /** Removes what was used longest ago, as far as nobody uses it, until the rest fits. Never fails. */
  shrink(): Promise<void>;
}

/** Which data files of a folder may go when there are too many bytes of them. */
export function createFileCache(root: string, bytesMax: number): FileCache {
  // In the order of their last use.
  const files = new Map<string, { readonly bytes: number; users: number }>();
  let scanned: Promise<void> | undefined;
  let shrinking: Promise<void> = Promise.resolve();

  /** What an earlier process left in the folder is the first to go. */
  async function scan(): Promise<void> {
    const entries = await readdir(join(root, "data"), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const found = new Map<string, { readonly bytes: number; users: number }>();
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const place = join(entry.parentPath, entry.name);
      const path = place.slice(root.length).replaceAll("\\", "/").replace(/^\//, "");
      const bytes = (await stat(place).catch(() => undefined))?.size;
      if (bytes !== undefined) found.set(path, { bytes, users: 0 });
    }
    const known = [...files];
    files.clear();
    for (const [path, file] of [...found, ...known]) files.set(path, file);
  }

  function use(path: string, bytes: number): { users: number } {
    const file = files.get(path) ?? { bytes, users: 0 };
    file.users += 1;
    files.delete(path);
    files.set(path, file);
    return file;
  }

  async function shrinkNow(): Promise<void> {
    scanned ??= scan();
    await scanned;
    let total = [...files.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [path, file] of files) {
      if (total <= bytesMax) return;
      if (file.users > 0) continue;
      files.delete(path);
      total -= file.bytes;
      await rm(join(root, path), { force: true }).catch(() => {});
    }
  }

  function shrink(): Promise<void> {
    shrinking = shrinking.then(shrinkNow);
    return shrinking;
  }

  return {
    pin(wanted) {
      const used = wanted.map(({ path, bytes }) => use(path, bytes));
      let over = false;
      return () => {
        if (over) return;
        over = true;
        for (const file of used) file.users -= 1;
      };
    },
    shrink,
  };
}
