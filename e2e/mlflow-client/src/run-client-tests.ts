import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Counts, readJunit } from "./counts.ts";
import { pythonVariables, withPython } from "./python-part.ts";

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
    const report = join(run.folder, `${run.environment}.xml`);
    const { status } = spawnSync(
      python,
      ["-m", "pytest", "--rootdir", tests, `--junitxml=${report}`, ...run.options],
      { cwd: tests, stdio: "inherit", env: pythonVariables(run.url) },
    );
    return readJunit(existsSync(report) ? readFileSync(report, "utf8") : undefined, status ?? 1);
  });
}
