import { resolve } from "node:path";
import type { Counts } from "./counts.ts";
import type { Credentials } from "./credentials.ts";
import { makeTokens } from "./make-tokens.ts";
import { pythonVariables, withPython } from "./python-part.ts";
import { runPytest } from "./run-pytest.ts";

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
    const tokens = await makeTokens(run.url, run.credentials);
    return runPytest({
      python,
      tests,
      args: run.files ?? [],
      env: {
        ...pythonVariables(run.url),
        RUNWEIR_TEST_USERNAME: run.credentials.username,
        RUNWEIR_TEST_PASSWORD: run.credentials.password,
        ...tokens,
      },
      folder: run.folder,
      name: `${run.environment}-signed-in`,
    });
  });
}
