import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";

/**
 * Makes the data folder, and makes sure that it can be written to. Fails with `failed_precondition`.
 *
 * Nobody else may list it; others may pass through it only where the database must run as another user (root).
 */
export async function prepareHome(home: string): Promise<void> {
  const probe = join(home, `.write-${randomBytes(4).toString("hex")}`);
  try {
    await mkdir(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    throw new DomainError(
      "failed_precondition",
      `The data folder ${home} cannot be written to (${reasonOf(error)}). Choose another one with --data or RUNWEIR_HOME.`,
      { cause: error },
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file is in the way",
  EEXIST: "a file is in the way",
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}
