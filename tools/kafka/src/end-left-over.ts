import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";

/**
 * Ends a broker whose parent was killed before it could: it would keep the folder locked. Only a process that names
 * this very properties file in its command line is taken for one.
 */
export async function endLeftOver(pidFile: string, properties: string): Promise<void> {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid < 2 || !commandOf(pid).includes(properties)) return;
  process.kill(pid, "SIGKILL");
  while (commandOf(pid).includes(properties)) await new Promise((resolve) => setTimeout(resolve, 20));
}

function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
