import { type ChildProcess, spawn } from "node:child_process";
import module from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@runweir/errors";
import { isListening } from "@runweir/ports";

export interface ChildService {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ChildServiceOptions {
  /** For people: "The shell pages". */
  readonly name: string;
  readonly folder: string;
  /** Arguments of Node. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly url: string;
  /** Any answer under this path counts as being up; with `mustBeOk` only a good one. */
  readonly readyPath: string;
  readonly mustBeOk?: boolean;
  readonly stopMs?: number;
  onProblem(message: string): void;
}

const readyMs = 60_000;
const longestBackoffMs = 10_000;

/**
 * Starts a service of ours in a process of its own, waits until it answers, and keeps it running: one that ends by itself
 * is started again. It ends with this process, however that goes.
 */
export async function startChildService(options: ChildServiceOptions): Promise<ChildService> {
  const { name, url, stopMs = 3_000 } = options;
  const stopping = new AbortController();
  let service = launch(options);
  await waitUntilAnswering(options, service);
  void keepRunning();

  async function keepRunning(): Promise<void> {
    for (let backoff = 200; ; backoff = Math.min(longestBackoffMs, backoff * 2)) {
      const began = Date.now();
      await service.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - began > longestBackoffMs) backoff = 200;
      options.onProblem(`${name} ended by themselves and are started again. ${service.lastWords()}`);
      await pause(backoff, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      service = launch(options);
    }
  }

  return {
    url,
    async stop() {
      stopping.abort();
      service.child.kill("SIGTERM");
      const force = setTimeout(() => service.child.kill("SIGKILL"), stopMs);
      await service.ended;
      clearTimeout(force);
    },
  };
}

interface ServiceProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  lastWords(): string;
}

function launch(options: ChildServiceOptions): ServiceProcess {
  // Ours without what is the version's own; the service finds its files read there.
  const compiled = module.getCompileCacheDir?.();
  const child = spawn(
    process.execPath,
    ["--import", join(import.meta.dirname, "end-with-parent.ts"), ...options.command],
    {
      cwd: options.folder,
      env: { ...(compiled && { NODE_COMPILE_CACHE: dirname(compiled) }), ...options.environment },
      // Standard input is what tells the service that we are gone; a group of its own keeps Ctrl-C for us.
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    },
  );
  let words = "";
  const listen = (part: Buffer) => {
    words = (words + part.toString()).slice(-2_000);
  };
  child.stdout?.on("data", listen);
  child.stderr?.on("data", listen);
  child.stdin?.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { child, ended, lastWords: () => words.trim() };
}

async function waitUntilAnswering(options: ChildServiceOptions, service: ServiceProcess): Promise<void> {
  const deadline = Date.now() + readyMs;
  let gone = false;
  void service.ended.then(() => {
    gone = true;
  });
  while (!gone && Date.now() < deadline) {
    if ((await isListening(options.url)) && (await answers(options))) return;
    await pause(20);
  }
  service.child.kill("SIGKILL");
  throw new DomainError("failed_precondition", `${options.name} do not start: ${service.lastWords()}`, {
    reason: "service_start",
  });
}

async function answers({ url, readyPath, mustBeOk }: ChildServiceOptions): Promise<boolean> {
  const answer = await fetch(`${url}${readyPath}`, { signal: AbortSignal.timeout(readyMs) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer !== undefined && (answer.ok || !mustBeOk);
}
