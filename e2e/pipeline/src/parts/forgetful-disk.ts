import { execFile, execFileSync } from "node:child_process";
import {
  type BigIntStats,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { chown, lstat, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * The folder of one part, as its disk has it for certain. The model: names, and which files there are, are as they were
 * (a journal has them); what a file holds is what it held when it was last synced, nothing if it never was.
 */
export interface ForgetfulDisk {
  /** The part's processes have to be started with it. */
  readonly environment: Readonly<Record<string, string>>;
  /** As the kernel does within half a minute: all that is written reaches the disk. The part's processes must stand still. */
  writeBack(): Promise<void>;
  /** Takes along whatever was not synced. The part's processes must have been killed. Says how many files lost something. */
  losePower(): Promise<number>;
}

/** Why it cannot be had on this machine, in words for its user. */
export function findNoForgetfulDisk(): string | undefined {
  try {
    execFileSync("cc", ["-fsyntax-only", "-x", "c", "-"], { input: "#include <stdio.h>", stdio: "pipe" });
    return undefined;
  } catch {
    return "there is no C compiler (`cc`; Debian's packages are `gcc` and `libc6-dev`)";
  }
}

/** Compiles what notices syncs. Returns the library to be preloaded. */
export async function compileRecorder(folder: string): Promise<string> {
  const library = join(folder, "record-syncs.so");
  const source = join(import.meta.dirname, "record-syncs.c");
  await run("cc", ["-Wall", "-Wextra", "-Werror", "-O2", "-shared", "-fPIC", "-o", library, source]);
  return library;
}

/** What is in `folder` now is on the disk. `synced` will hold what was synced; `owner` is who the part runs as. */
export async function createForgetfulDisk(options: {
  readonly folder: string;
  readonly synced: string;
  readonly library: string;
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}): Promise<ForgetfulDisk> {
  const { folder, synced, library, owner } = options;
  mkdirSync(synced, { mode: 0o700 });
  if (owner) await chown(synced, owner.uid, owner.gid);

  /** As the recorder names it: a file that took a deleted one's inode was born at another time. */
  const keptAs = ({ ino, birthtimeNs }: BigIntStats) => join(synced, `${ino}-${birthtimeNs}`);

  async function* files(): AsyncGenerator<{ readonly path: string; readonly about: BigIntStats }> {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      // One of a process that stands still stays; those of others may go.
      const about = entry.isFile() && (await lstat(path, { bigint: true }).catch(() => undefined));
      if (about) yield { path, about };
    }
  }

  const disk: ForgetfulDisk = {
    environment: { LD_PRELOAD: library, RUNWEIR_SYNCED_TO: synced },

    async writeBack() {
      for await (const { path, about } of files()) {
        const kept = keptAs(about);
        copyFileSync(path, `${kept}.written`);
        await rename(`${kept}.written`, kept);
      }
    },

    async losePower() {
      let changed = 0;
      for await (const { path, about } of files()) {
        const kept = keptAs(about);
        const synced = existsSync(kept) ? readFileSync(kept) : Buffer.alloc(0);
        if (synced.equals(readFileSync(path))) continue;
        changed += 1;
        // In place: the file is found by its inode the next time, too.
        writeFileSync(path, synced);
      }
      return changed;
    },
  };
  await disk.writeBack();
  return disk;
}
