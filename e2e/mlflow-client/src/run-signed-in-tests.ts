import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Credentials } from "./become-administrator.ts";
import { type Counts, readJunit } from "./counts.ts";
import { makeTokens } from "./make-tokens.ts";
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
