import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isListening } from "@runweir/ports";

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
  const log = openSync(options.logFile, "w");
  const child = spawn(options.command, [...options.args], {
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
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
  while (!((await isListening(options.url)) && (await answers(options.url + options.readyPath)))) {
    if (!isRunning())
      throw new Error(
        `${options.name} ended with ${failure?.message ?? child.exitCode ?? child.signalCode}:\n${await lastWords(options.logFile)}`,
      );
    if (performance.now() - began > options.limitMs) {
      await stop();
      throw new Error(`${options.name} was not ready in time:\n${await lastWords(options.logFile)}`);
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

/** The log's folder is often gone by the time anybody reads of the failure. */
async function lastWords(logFile: string): Promise<string> {
  return (await readFile(logFile, "utf8")).slice(-4_000).trim();
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
