import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const fastAfterMs = 60_000;

/**
 * Ends a Postgres that outlived a killed Runweir. The caller holds the data folder's lock, so whatever runs on the
 * cluster belongs to nobody; its data is safe, since it ends as on any other stop.
 *
 * A process id in a file says nothing by itself (ids are used again), so the process must also be a Postgres of this
 * folder; if it is not, the file is stale, and it is removed because Postgres would take the stranger for a server.
 */
export async function stopLeftOver(clusterFolder: string): Promise<boolean> {
  const file = join(clusterFolder, "postmaster.pid");
  const pid = await readFile(file, "utf8").then(
    (text) => Number(text.split("\n", 1)[0]),
    () => undefined,
  );
  if (pid === undefined) return false;
  if (!(await isServerOf(pid, clusterFolder))) {
    await rm(file, { force: true });
    return false;
  }
  const deadline = Date.now() + fastAfterMs;
  send(pid, "SIGINT");
  while (await isServerOf(pid, clusterFolder)) {
    if (Date.now() > deadline) send(pid, "SIGQUIT");
    await pause(20);
  }
  return true;
}

async function isServerOf(pid: number, clusterFolder: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const command = await commandOf(pid);
  return command.includes("postgres") && command.includes(clusterFolder);
}

/** Empty when there is no such process, or only its remains. */
async function commandOf(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") return await readFile(`/proc/${pid}/cmdline`, "utf8");
    const { stdout } = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]);
    return stdout;
  } catch {
    return "";
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}
