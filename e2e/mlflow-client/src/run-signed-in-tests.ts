import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Credentials } from "./become-administrator.ts";
import { type Counts, readJunit } from "./counts.ts";
import { pythonVariables, withPython } from "./python-part.ts";

const tests = resolve(import.meta.dirname, "../python-signed-in");

/** The client with credentials, right and wrong, against a server that was started with `--identity`. */
export function runSignedInTests(run: {
  readonly environment: string;
  readonly url: string;
  readonly folder: string;
  readonly credentials: Credentials;
  /** All tests unless told. */
  readonly files?: readonly string[] | undefined;
}): Promise<Counts> {
  return withPython(run.environment, async (python) => {
    console.log(`\nThe client of ${run.environment}, signed in:`);
    const report = join(run.folder, `${run.environment}-signed-in.xml`);
    const tokens = await makeTokens(run.url, run.credentials);
    const args = ["-m", "pytest", "--rootdir", tests, `--junitxml=${report}`, ...(run.files ?? [])];
    const { status } = spawnSync(python, args, {
      cwd: tests,
      stdio: "inherit",
      env: {
        ...pythonVariables(run.url),
        RUNWEIR_TEST_USERNAME: run.credentials.username,
        RUNWEIR_TEST_PASSWORD: run.credentials.password,
        ...tokens,
      },
    });
    return readJunit(existsSync(report) ? readFileSync(report, "utf8") : undefined, status ?? 1);
  });
}

/** A token of each kind. */
async function makeTokens(url: string, { username, password }: Credentials): Promise<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const tokens: Record<string, string> = {};
  for (const access of ["all", "read", "ingest"]) {
    const { result } = (await ask(
      `${url}/trpc/identity/account.tokens.create`,
      { name: access, access },
      { authorization },
    )) as { result: { data: { secret: string } } };
    tokens[`RUNWEIR_TEST_TOKEN_${access.toUpperCase()}`] = result.data.secret;
  }
  return tokens;
}

async function ask(url: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
