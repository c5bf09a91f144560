import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Holds `folder` as a lock between processes, waiting for whoever holds it; the returned function lets go. A holder that
 * died holds nothing.
 */
export async function holdFolder(folder: string): Promise<() => void> {
  const ownerFile = join(folder, "pid");
  for (let emptyLooks = 0; ; ) {
    try {
      mkdirSync(folder);
      writeFileSync(ownerFile, String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = readOwner(ownerFile);
    // A folder without an owner is being taken or let go of right now, unless it stays so.
    emptyLooks = owner === undefined ? emptyLooks + 1 : 0;
    if (emptyLooks > 20 || (owner !== undefined && !isAlive(owner)))
      rmSync(folder, { recursive: true, force: true });
    await pause(100);
  }
}

function readOwner(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
