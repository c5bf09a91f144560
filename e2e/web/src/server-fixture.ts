import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base } from "@playwright/test";
import { type ChildServer, startRunweir } from "@runweir/server";

interface ServerFixtures {
  /** A Runweir of this test's own, empty at first. */
  readonly freshServer: string;
}

interface WorkerFixtures {
  /** One Runweir for all tests of a worker that only add things of their own. */
  readonly server: string;
}

export const test = base.extend<ServerFixtures, WorkerFixtures>({
  // Playwright reads a fixture's dependencies from its first parameter, which therefore must be a pattern.
  // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
  freshServer: async ({}, use) => withServer(use),
  // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
  server: [async ({}, use) => withServer(use), { scope: "worker", timeout: 500_000 }],
});

async function withServer(use: (url: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-e2e-"));
  await chmod(folder, 0o755);
  let server: ChildServer | undefined;
  try {
    server = await startRunweir(folder);
    await use(server.url);
  } finally {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const root = resolve(import.meta.dirname, "../../..");

export interface PythonClient {
  /** Resolves with what it printed. */
  readonly finished: Promise<string>;
  /** Lets a script go on that waits in `input()`. */
  goOn(): void;
}

/** Runs a Python script with the real, newest MLflow client against a server. */
export function runPython(url: string, script: string): PythonClient {
  const child = spawn(join(root, ".cache/python/mlflow-3/bin/python"), ["-c", script], {
    env: { ...process.env, MLFLOW_TRACKING_URI: url, MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING: "false" },
  });
  let output = "";
  let problems = "";
  child.stdout.on("data", (part) => (output += part));
  child.stderr.on("data", (part) => (problems += part));
  const finished = new Promise<string>((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code) =>
      code === 0 ? done(output) : fail(new Error(`python ended with ${code}: ${problems.slice(-2_000)}`)),
    );
  });
  return { finished, goOn: () => child.stdin.write("\n") };
}
