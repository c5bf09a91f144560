import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { until } from "../until.ts";

export const root = resolve(import.meta.dirname, "../../../..");

/** A process of the product that faults may hit. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  readonly pid: number | undefined;
  readonly running: boolean;
  /** Milliseconds of `performance.now()` at which a fault last touched it; it owes no answer from before. */
  readonly disturbedAt: number;
  /** Times that it ended without being told to. */
  readonly crashes: string[];
  /** Resident memory in bytes, the highest that was seen. */
  readonly peakBytes: number;
  start(extra?: Readonly<Record<string, string>>): Promise<void>;
  waitReady(): Promise<void>;
  kill(): Promise<void>;
  /** For when the harness itself ends. */
  endNow(): void;
  freeze(): void;
  thaw(): void;
  /** Asks it to end and waits until it has. */
  terminate(): Promise<void>;
}

const lifeline = join(root, "apps/cli/src/services/end-with-parent.ts");

export function createService(options: {
  readonly name: string;
  readonly entry: string;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}): ServiceProcess {
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let told = false;
  let frozen = false;
  let disturbedAt = performance.now();
  let peakBytes = 0;
  const crashes: string[] = [];
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const watching = setInterval(() => {
    if (running()) peakBytes = Math.max(peakBytes, residentBytes(child?.pid));
  }, 250);
  watching.unref();

  async function waitReady(): Promise<void> {
    await until(`${options.name} is ready (see ${options.logFile})`, 60_000, async () => {
      if (!running()) throw new Error(`${options.name} ended; see ${options.logFile}`);
      const answer = await fetch(`${options.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
        () => undefined,
      );
      return answer?.ok ? true : ((await answer?.text()) ?? "no answer");
    });
  }

  return {
    name: options.name,
    url: options.url,
    get pid() {
      return running() ? child?.pid : undefined;
    },
    get running() {
      return running();
    },
    get disturbedAt() {
      return frozen || !running() ? Number.POSITIVE_INFINITY : disturbedAt;
    },
    crashes,
    get peakBytes() {
      return peakBytes;
    },
    async start(extra = {}) {
      told = false;
      frozen = false;
      const started = spawn(
        process.execPath,
        ["--disable-warning=TimeoutNegativeWarning", "--import", lifeline, join(root, options.entry)],
        {
          cwd: root,
          env: { ...process.env, ...options.environment, ...extra },
          stdio: ["pipe", "pipe", "pipe"],
        },
      );
      child = started;
      disturbedAt = performance.now();
      const log = createWriteStream(options.logFile, { flags: "a" });
      started.stdin.on("error", () => {});
      started.stdout.pipe(log, { end: false });
      started.stderr.pipe(log, { end: false });
      ended = new Promise((resolve) => {
        started.once("exit", (code, signal) => {
          log.end();
          if (!told) crashes.push(`${options.name} ended by itself (${signal ?? code})`);
          resolve();
        });
      });
      await waitReady();
      disturbedAt = performance.now();
    },
    waitReady,
    async kill() {
      told = true;
      child?.kill("SIGKILL");
      await ended;
    },
    endNow() {
      if (running()) child?.kill("SIGKILL");
    },
    freeze() {
      frozen = true;
      child?.kill("SIGSTOP");
    },
    thaw() {
      child?.kill("SIGCONT");
      if (frozen) disturbedAt = performance.now();
      frozen = false;
    },
    async terminate() {
      told = true;
      if (frozen) child?.kill("SIGCONT");
      frozen = false;
      disturbedAt = performance.now();
      child?.kill("SIGTERM");
      await until(
        `${options.name} ends when it is asked to (see ${options.logFile})`,
        60_000,
        () => !running(),
      );
      await ended;
    },
  };
}

function residentBytes(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
