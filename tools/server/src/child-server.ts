import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";

/** A server under test: a process of its own, with everything it starts. */
export interface ChildServer {
  readonly name: string;
  readonly url: string;
  readonly process: ChildProcess;
  readonly startMs: number;
  stop(): Promise<void>;
}

/** Starts a command and waits until `readyPath` answers 200; the time until then is its start-up time. */
export async function startChildServer(options: {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly url: string;
  readonly readyPath: string;
  readonly logFile: string;
  readonly limitMs: number;
}): Promise<ChildServer> {
  const began = performance.now();
  const child = spawn(options.command, [...options.args], {
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const log = createWriteStream(options.logFile);
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  let failure: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      failure = error;
      resolve();
    });
  });
  const isRunning = () => failure === undefined && child.exitCode === null && child.signalCode === null;
  async function stop(): Promise<void> {
    if (isRunning() && child.pid) process.kill(-child.pid, "SIGTERM");
    await exited;
  }
  while (!(await answers(options.url + options.readyPath))) {
    if (!isRunning())
      throw new Error(
        `${options.name} ended with ${failure?.message ?? child.exitCode ?? child.signalCode}; see ${options.logFile}`,
      );
    if (performance.now() - began > options.limitMs) {
      await stop();
      throw new Error(`${options.name} was not ready in time; see ${options.logFile}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    name: options.name,
    url: options.url,
    process: child,
    startMs: performance.now() - began,
    stop,
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
