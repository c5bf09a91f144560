import { spawn } from "node:child_process";
import { open, readFile, stat } from "node:fs/promises";
import type { SystemUser } from "./choose-user.ts";
import { type ClusterAddress, listenFlags } from "./cluster-address.ts";
import { clusterFlags } from "./cluster-settings.ts";
import { databaseProcess } from "./database-process.ts";

export interface ServerProcess {
  readonly pid: number | undefined;
  /** Resolves when the process is gone, or could not be started at all. */
  readonly ended: Promise<void>;
  /** Disconnects everybody, writes what is in memory, ends. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly program: string;
  readonly folder: string;
  readonly address: ClusterAddress;
  readonly user: SystemUser | undefined;
  readonly logFile: string;
}

const logBytesMax = 10 * 2 ** 20;
const stopMs = 60_000;

export async function launchServer(options: ServerOptions): Promise<ServerProcess> {
  const size = await stat(options.logFile).then(
    (file) => file.size,
    () => 0,
  );
  const log = await open(options.logFile, size > logBytesMax ? "w" : "a", 0o600);
  const child = spawn(
    options.program,
    ["-D", options.folder, ...listenFlags(options.address), ...clusterFlags],
    {
      ...databaseProcess(options.user),
      stdio: ["ignore", log.fd, log.fd],
      // Out of the terminal's reach: Ctrl-C is for us, who end the database last.
      detached: true,
    },
  );
  await log.close();
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    pid: child.pid,
    ended,
    async stop() {
      child.kill("SIGINT");
      // Without waiting for anything; what was committed is in its log and is read back on the next start.
      const force = setTimeout(() => child.kill("SIGQUIT"), stopMs);
      await ended;
      clearTimeout(force);
    },
  };
}

/** What Postgres itself said last of why it cannot go on. */
export async function lastFailure(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, "utf8")).trimEnd().split("\n");
  const failure = lines.findLast((line) => /\b(FATAL|PANIC|ERROR):/.test(line)) ?? lines.at(-1) ?? "";
  return failure.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, "");
}
