import { resolve } from "node:path";
import type { Counts } from "./counts.ts";
import { pythonVariables, withPython } from "./python-part.ts";
import { runPytest } from "./run-pytest.ts";

const tests = resolve(import.meta.dirname, "../python");

/** Our own tests, driven by the client that is installed in `environment`. */
export function runClientTests(run: {
  readonly environment: string;
  readonly url: string;
  readonly folder: string;
  readonly options: readonly string[];
}): Promise<Counts> {
  return withPython(run.environment, async (python) => {
    console.log(`\nThe client of ${run.environment}:`);
    return runPytest({
      python,
      tests,
      args: run.options,
      env: pythonVariables(run.url),
      folder: run.folder,
      name: run.environment,
    });
  });
}
