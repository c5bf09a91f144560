import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";

/** A process that has not been seen for so long is gone; several, on several machines, may share the folder above. */
const forgottenMs = 3_600_000;

export interface ScratchFolder {
  readonly path: string;
  /** Says that this process is still there, and clears up behind those that are not. */
  keep(): Promise<void>;
  remove(): Promise<void>;
}

/** A folder for what only this process needs: spilled data, tails. */
export function openScratchFolder(root: string): ScratchFolder {
  const path = join(root, `process-${randomUUID()}`);
  return {
    path,
    async keep() {
      await mkdir(path, { recursive: true }).catch((cause: Error) => {
        throw new DomainError(
          "failed_precondition",
          `Nothing can be written below ${root}: ${cause.message}. Look at RUNWEIR_SNAPSHOT_FOLDER.`,
          { cause },
        );
      });
      const now = new Date();
      await utimes(path, now, now);
      for (const name of await readdir(root)) {
        if (!name.startsWith("process-")) continue;
        const other = await stat(join(root, name)).catch(() => undefined);
        if (other && now.getTime() - other.mtimeMs > forgottenMs)
          await rm(join(root, name), { recursive: true, force: true });
      }
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
