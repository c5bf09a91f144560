import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import { lockFile } from "./lock-file.ts";

/** Claims the data folder for this process; `announce` leaves the address for whoever comes second. */
export function lockHome(home: string): { announce(url: string): void; release(): void } {
  const note = join(home, "running.json");
  const lock = lockFile(join(home, "lock"));
  if (!lock) {
    throw new DomainError(
      "failed_precondition",
      `The data folder ${home} is in use by another Runweir${describeOther(note)}. Stop that one, or choose another folder with --data.`,
      { reason: "folder_in_use" },
    );
  }
  const write = (url?: string) => writeFileSync(note, `${JSON.stringify({ pid: process.pid, url })}\n`);
  write();
  return {
    announce: write,
    release() {
      rmSync(note, { force: true });
      lock.release();
    },
  };
}

function describeOther(note: string): string {
  try {
    const { pid, url } = JSON.parse(readFileSync(note, "utf8")) as { pid: number; url?: string };
    return ` (process ${pid}${url ? `, ${url}` : ""})`;
  } catch {
    return "";
  }
}
