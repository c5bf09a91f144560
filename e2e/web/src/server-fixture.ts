import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base } from "@playwright/test";
import { findRunningCluster } from "@runweir/cli-app/running-cluster";
import { findFreePort } from "@runweir/ports";
import { type Database, openDatabase } from "@runweir/postgres";
import { type ChildServer, findWelcomeLink, startRunweir } from "@runweir/server";

interface ServerFixtures {
  /** Closes what a test opened beside its own page: pages of a server that has gone ask for it as long as they are there. */
  readonly closeOthers: undefined;
  /** A Runweir of this test's own, empty at first. */
  readonly freshServer: string;
  /** One where everybody has to sign in, and nobody can yet. */
  readonly securedServer: SecuredServer;
  /** A fresh one, with its database, for what no door does: many rows at once, and locks held. */
  readonly openServer: OpenServer;
}

export interface OpenServer {
  readonly url: string;
  readonly database: Database;
}

export interface SecuredServer {
  readonly url: string;
  /** The link that it printed at its start. */
  readonly welcome: string;
  /** An OpenID Connect provider that knows this server, and lets everybody in. */
  startProvider(): Promise<void>;
}

interface WorkerFixtures {
  /** One Runweir for all tests of a worker that only add things of their own. */
  readonly server: string;
}

export const test = base.extend<ServerFixtures, WorkerFixtures>({
  closeOthers: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
  // Playwright reads a fixture's dependencies from its first parameter, which therefore must be a pattern.
  // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
  freshServer: async ({}, use) => withServer((url) => use(url)),
  // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
  openServer: [async ({}, use) => withServer(withDatabase(use)), { timeout: 500_000 }],
  // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
  securedServer: [async ({}, use) => withSecuredServer(use), { timeout: 500_000 }],
  // biome-ignore lint/correctness/noEmptyPattern: required by Playwright
  server: [async ({}, use) => withServer((url) => use(url)), { scope: "worker", timeout: 500_000 }],
});

function withDatabase(use: (server: OpenServer) => Promise<void>) {
  return async (url: string, folder: string) => {
    const database = openDatabase({
      url: await findRunningCluster(join(folder, "runweir")),
      applicationName: "e2e",
      connectionsMax: 4,
    });
    try {
      await use({ url, database });
    } finally {
      await database.close();
    }
  };
}

async function withSecuredServer(use: (server: SecuredServer) => Promise<void>): Promise<void> {
  const port = await findFreePort();
  let provider: ChildProcess | undefined;
  const environment = {
    RUNWEIR_IDENTITY: "required",
    RUNWEIR_OIDC_ISSUER: `http://127.0.0.1:${port}`,
    RUNWEIR_OIDC_CLIENT_ID: "runweir",
    RUNWEIR_OIDC_CLIENT_SECRET: "the secret of the client",
    RUNWEIR_OIDC_NAME: "Example",
    RUNWEIR_OIDC_SIGN_UP: "1",
  };
  try {
    await withServer(async (url, folder) => {
      const welcome = await findWelcomeLink(folder);
      await use({
        url,
        welcome,
        async startProvider() {
          const script = join(root, "apps/api/testing/oidc-provider.ts");
          provider = spawn(process.execPath, [script, String(port), `${url}/api/auth/callback/oidc`], {
            stdio: ["ignore", "pipe", "ignore"],
          });
          await once(provider.stdout as NonNullable<typeof provider.stdout>, "data");
        },
      });
    }, environment);
  } finally {
    provider?.kill();
  }
}

async function withServer(
  use: (url: string, folder: string) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-e2e-"));
  await chmod(folder, 0o755);
  let server: ChildServer | undefined;
  try {
    server = await startRunweir(folder, environment);
    await use(server.url, folder);
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
