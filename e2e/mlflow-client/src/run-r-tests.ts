import { spawnSync } from "node:child_process";
import { delimiter, dirname, resolve } from "node:path";
import type { Counts } from "./counts.ts";
import type { Credentials } from "./credentials.ts";
import { makeTokens } from "./make-tokens.ts";
import { pythonVariables, withPython } from "./python-part.ts";
import { runPrintedTests } from "./run-printed-tests.ts";

const tests = resolve(import.meta.dirname, "../r/client-tests.R");

/**
 * Our tests of the client for R, which leaves files to MLflow's command line as the one for Java does. Its package is
 * on CRAN only, so where it is absent they are skipped, loudly, even under RUNWEIR_STRICT=1.
 */
export async function runRTests(run: {
  readonly environment: string;
  readonly url: string;
  readonly credentials?: Credentials | undefined;
}): Promise<Counts> {
  const found = findPackage();
  if ("missing" in found) {
    console.log(`SKIPPED, the client for R: ${found.missing}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  return withPython(run.environment, async (python) => {
    console.log(`\nThe client for R (${found.version}):`);
    const variables = { ...pythonVariables(run.url), ...run.credentials?.variables };
    return runPrintedTests("Rscript", [tests, run.url], {
      ...variables,
      ...(run.credentials && (await makeTokens(run.url, run.credentials))),
      PATH: `${dirname(python)}${delimiter}${variables.PATH ?? ""}`,
      // Names and tags beyond ASCII need a locale that has them.
      LC_ALL: "C.UTF-8",
    });
  });
}

/** R's package `mlflow`, also in the library folders that R_LIBS names. */
function findPackage(): { readonly version: string } | { readonly missing: string } {
  const asked = spawnSync("Rscript", ["-e", 'cat(as.character(packageVersion("mlflow")))'], {
    encoding: "utf8",
  });
  if (asked.error) return { missing: `Rscript cannot be started (${asked.error.message}). Install R.` };
  if (asked.status !== 0)
    return {
      missing: "R has no package mlflow. Install it from CRAN, or name its library folder in R_LIBS.",
    };
  return { version: asked.stdout };
}
