import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Counts, readJunit } from "./counts.ts";

/**
 * A folder of tests, to its end. This process goes on meanwhile: one that stood still would not hear that the server has ended the
 * connections that it keeps to it, and send its next request into one of them.
 */
export async function runPytest(run: {
  readonly python: string;
  readonly tests: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For the report, called `name`. */
  readonly folder: string;
  readonly name: string;
}): Promise<Counts> {
  const report = join(run.folder, `${run.name}.xml`);
  const child = spawn(
    run.python,
    ["-m", "pytest", "--rootdir", run.tests, `--junitxml=${report}`, ...run.args],
    { cwd: run.tests, stdio: "inherit", env: run.env },
  );
  const [status] = (await once(child, "close")) as [number | null];
  return readJunit(existsSync(report) ? readFileSync(report, "utf8") : undefined, status ?? 1);
}
