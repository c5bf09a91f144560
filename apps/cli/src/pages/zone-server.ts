import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@runweir/errors";
import type { ZoneName } from "@runweir/web-zones";
import { findFreePort } from "../ports.ts";

export interface ZoneServer {
  readonly name: ZoneName;
  readonly url: string;
  stop(): Promise<void>;
}

interface ZoneOptions {
  readonly name: ZoneName;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Arguments of Node. */
  command(port: number): readonly string[];
  onProblem(message: string): void;
}

const readyMs = 60_000;
const stopMs = 3_000;
const longestBackoffMs = 10_000;

/** Starts one zone's page server on a free port of loopback, waits until it listens, and keeps it running. */
export async function startZone(options: ZoneOptions): Promise<ZoneServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const stopping = new AbortController();
  let zone = launch(options, port);
  const watching = waitUntilListening(options.name, url, zone).then(() => {
    void keepRunning();
  });
  await watching;

  async function keepRunning(): Promise<void> {
    for (let backoff = 200; ; backoff = Math.min(longestBackoffMs, backoff * 2)) {
      const began = Date.now();
      await zone.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - began > longestBackoffMs) backoff = 200;
      options.onProblem(
        `The ${options.name} pages ended by themselves and are started again. ${zone.lastWords()}`,
      );
      await pause(backoff, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      zone = launch(options, port);
    }
  }

  return {
    name: options.name,
    url,
    async stop() {
      stopping.abort();
      zone.child.kill("SIGTERM");
      const force = setTimeout(() => zone.child.kill("SIGKILL"), stopMs);
      await zone.ended;
      clearTimeout(force);
    },
  };
}

interface ZoneProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  lastWords(): string;
}

function launch(options: ZoneOptions, port: number): ZoneProcess {
  const child = spawn(
    process.execPath,
    ["--import", join(import.meta.dirname, "end-with-parent.ts"), ...options.command(port)],
    {
      cwd: options.folder,
      env: {
        ...options.environment,
        PORT: String(port),
        HOSTNAME: "127.0.0.1",
        NEXT_TELEMETRY_DISABLED: "1",
        // Longer than the page proxy keeps a connection it does not use, or the two would meet half-way.
        KEEP_ALIVE_TIMEOUT: "120000",
      },
      // Standard input is what tells the zone that we are gone; a group of its own keeps Ctrl-C for us.
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

async function waitUntilListening(name: ZoneName, url: string, zone: ZoneProcess): Promise<void> {
  const deadline = Date.now() + readyMs;
  let gone = false;
  void zone.ended.then(() => {
    gone = true;
  });
  while (!gone && Date.now() < deadline) {
    // Any answer will do; a path without a page is the cheapest.
    const answer = await fetch(`${url}/_ready`, { signal: AbortSignal.timeout(readyMs) }).catch(
      () => undefined,
    );
    if (answer) return void (await answer.body?.cancel());
    await pause(20);
  }
  zone.child.kill("SIGKILL");
  throw new DomainError("failed_precondition", `The ${name} pages do not start: ${zone.lastWords()}`, {
    reason: "pages_start",
  });
}
