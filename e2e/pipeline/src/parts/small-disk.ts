import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** A file system of a few megabytes in memory, which can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all space there is, bar `leaveBytes`. */
  fill(leaveBytes: number): Promise<void>;
  free(): void;
  unmount(): void;
}

const ballast = "ballast";

/** Why there cannot be one here, in words; undefined when there can. */
export function findNoSmallDisk(folder: string): string | undefined {
  try {
    mountSmallDisk(join(folder, "probe"), 1).unmount();
    return undefined;
  } catch (error) {
    return `a small file system cannot be mounted (${String((error as Error).message)
      .trim()
      .split("\n")
      .at(-1)}); it takes root`;
  }
}

export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder], {
    stdio: "pipe",
  });
  return {
    folder,
    async fill(leaveBytes) {
      const file = await open(join(folder, ballast), "a");
      try {
        const { bavail, bsize } = statfsSync(folder);
        const piece = Buffer.alloc(2 ** 16, 1);
        for (let left = bavail * bsize - leaveBytes; left > 0; left -= piece.length)
          await file.write(piece, 0, Math.min(left, piece.length));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        await file.close();
      }
    },
    free() {
      if (readdirSync(folder).includes(ballast)) rmSync(join(folder, ballast));
    },
    unmount() {
      execFileSync("umount", ["-l", folder], { stdio: "pipe" });
    },
  };
}
