import { createHash } from "node:crypto";
import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ArtifactPath, folderOf } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import { locate } from "./locate.ts";
import type { Staging } from "./staging.ts";

/** Writes all of `chunks` to a new file, to the disk and not only to its cache; leaves nothing behind when it cannot. */
export async function writeStaged(
  staging: Staging,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly file: string; readonly digest: string }> {
  await staging.ensure();
  const file = join(staging.folder, staging.newName());
  const digest = createHash("sha256");
  try {
    const handle = await open(file, "wx", 0o666);
    try {
      for await (const chunk of chunks) {
        digest.update(chunk);
        for (let offset = 0; offset < chunk.length; ) {
          offset += (await handle.write(chunk, offset)).bytesWritten;
        }
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { file, digest: digest.digest("hex") };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Shows a staged file under its name, replacing what was there; removes it when that cannot be done. */
export async function publish(root: string, path: ArtifactPath, staged: string): Promise<void> {
  try {
    const target = await locate(root, path);
    // A folder that is deleted meanwhile takes ours along; making it again is right, for it is as if we came later.
    for (let attempt = 1; ; attempt++) {
      try {
        await mkdir(join(root, folderOf(path)), { recursive: true });
        await refuseFolder(target, path);
        await rename(staged, target);
        break;
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOENT") || attempt === 5)
          throw error;
      }
    }
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
}

async function refuseFolder(target: string, path: string): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  if (!found?.isDirectory()) return;
  throw new DomainError("invalid_argument", `Artifact path refers to a directory, not a file: '${path}'`, {
    field: "path",
    reason: "is_folder",
  });
}

/** A rename is only durable once its folder is; Windows cannot do this and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
