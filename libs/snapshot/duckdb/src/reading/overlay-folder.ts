import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SnapshotFolder } from "@runweir/snapshot-domain";

/** A folder's files, and new ones elsewhere that go again: nothing is added to the folder, or taken from it. */
export function overlayFolder(
  base: SnapshotFolder,
  root: string,
): SnapshotFolder & { drop(): Promise<void> } {
  const own = new Set<string>();
  const locate = (path: string): string => (own.has(path) ? join(root, path) : base.locate(path));
  return {
    ...base,
    root,
    locate,
    // Whoever made the overlay holds the files below it.
    findDamage: async () => undefined,
    async reserve(table) {
      const path = `data/${table}/tail-${own.size}.parquet`;
      own.add(path);
      await mkdir(join(root, "data", table), { recursive: true });
      return path;
    },
    // Nobody reads them after a crash: neither the disk nor a checksum has to be waited for.
    seal: async (path) => ({ bytes: (await stat(locate(path))).size, sha256: "0".repeat(64) }),
    async remove(paths) {
      for (const path of paths) if (own.has(path)) await rm(locate(path), { force: true });
    },
    drop: () => rm(root, { recursive: true, force: true }),
  };
}
