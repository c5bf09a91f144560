import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A name of its own in the root; clients can neither read nor write below it. */
export const stagingName = ".runweir-staging";

/** Longer than any upload that still makes progress goes without writing. */
const abandonedAfterMs = 24 * 60 * 60 * 1000;

export interface Staging {
  readonly folder: string;
  /** Makes the folder on first use: stores that are only read leave no trace. */
  ensure(): Promise<void>;
  newName(): string;
}

/** Where files lie while they are written, in the same file system as the place they go to. */
export function createStaging(root: string): Staging {
  const folder = join(root, stagingName);
  let ready: Promise<void> | undefined;
  const prepare = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await sweep(folder);
  };
  return {
    folder,
    async ensure() {
      ready ??= prepare();
      try {
        await ready;
      } catch (error) {
        ready = undefined;
        throw error;
      }
    },
    newName: () => randomBytes(16).toString("hex"),
  };
}

/** Removes what processes that are no more have left; other live processes may share the folder. */
async function sweep(folder: string): Promise<void> {
  const deadline = Date.now() - abandonedAfterMs;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < deadline) await rm(path, { recursive: true, force: true });
  }
}
