import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const main = resolve(import.meta.dirname, "../src/main.ts");

export interface CliProcess {
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves with the first match in what is printed; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** As another user. */
  readonly uid?: number;
  readonly cwd?: string;
}

/** Runs `runweir` as a process of its own, as a person would. */
export function runCli(args: readonly string[], options: RunOptions = {}): CliProcess {
  const { RUNWEIR_STRICT: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...inherited, RUNWEIR_LOG_LEVEL: "warn", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let printed = "";
  const watchers = new Set<() => void>();
  const notice = (part?: Buffer) => {
    printed += part?.toString() ?? "";
    for (const look of watchers) look();
  };
  child.stdout.on("data", notice);
  child.stderr.on("data", notice);
  let over = false;
  const ended = new Promise<number | string>((done) => {
    child.once("close", (code, signal) => {
      over = true;
      notice();
      done(code ?? signal ?? "gone");
    });
  });
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return {
    child,
    ended,
    output: () => printed,
    says: (pattern) =>
      new Promise((done, fail) => {
        const look = () => {
          const match = pattern.exec(printed);
          if (!match && !over) return;
          watchers.delete(look);
          if (match) done(match);
          else fail(new Error(`it ended without saying ${pattern}:\n${printed}`));
        };
        watchers.add(look);
        look();
      }),
  };
}

/** `runweir start` without pages on a free port; resolves when it answers. */
export async function startCli(
  home: string,
  options: RunOptions & { readonly args?: readonly string[] } = {},
): Promise<CliProcess & { readonly url: string }> {
  const args = ["start", "--port", "0", "--no-pages", "--data", home, ...(options.args ?? [])];
  const cli = runCli(args, options);
  const [, url = ""] = await cli.says(/Runweir is ready: (\S+)/);
  return { ...cli, url };
}

/** A folder that the database's user may enter; goes away after the test and whatever still runs in it. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "runweir-cli-"));
  chmodSync(path, 0o755);
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

export async function send(url: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${url}/api/2.0/mlflow/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
