import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Counts } from "./counts.ts";
import type { Credentials } from "./credentials.ts";
import { pythonVariables, withPython } from "./python-part.ts";

const root = resolve(import.meta.dirname, "../../..");
const plugins = resolve(import.meta.dirname, "../python");

/**
 * MLflow's own REST tests, unedited, from `../shared/mlflow-suite` beside the repository or RUNWEIR_MLFLOW_SUITE. They are
 * not ours to carry, so where they are absent they are skipped, loudly, even under RUNWEIR_STRICT=1.
 */
export async function runConformance(run: {
  readonly url: string;
  readonly ids: string;
  readonly credentials?: Credentials | undefined;
}): Promise<Counts> {
  const suite = resolve(root, process.env.RUNWEIR_MLFLOW_SUITE ?? "../shared/mlflow-suite");
  if (!existsSync(join(suite, "run.py"))) {
    console.log(`SKIPPED, MLflow's own REST tests: they are not at ${suite}. Set RUNWEIR_MLFLOW_SUITE.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  return withPython("mlflow-suite", async (python) => {
    console.log(`\nMLflow's own REST tests (${run.ids}):`);
    const { stdout, status } = spawnSync(
      python,
      [join(suite, "run.py"), "--url", run.url, "--ids", run.ids],
      {
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          ...pythonVariables(""),
          ...run.credentials?.variables,
          // An address in the environment would reach tests that expect none.
          MLFLOW_TRACKING_URI: undefined,
          // Where it is "true", they build a wheel of MLflow from the repository they lie in, which is not here.
          CI: undefined,
          PYTHONPATH: plugins,
          PYTEST_ADDOPTS: "-p through_the_server -p runweir_for_mlflow",
          RUNWEIR_START: JSON.stringify([
            process.execPath,
            join(root, "apps/cli/src/main.ts"),
            "start",
            "--no-pages",
          ]),
        },
      },
    );
    return countConformance(stdout, status ?? 1);
  });
}

/** Prints what did not pass. */
function countConformance(output: string, status: number): Counts {
  const [, passed] = /^(\d+) passed, \d+ failed$/m.exec(output) ?? [];
  const missed = [...output.matchAll(/^NOT PASSED (.+)$/gm)].map(([, what]) => what);
  if (passed === undefined || (status !== 0 && missed.length === 0)) {
    console.log(output.slice(-4_000));
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (missed.length > 0) console.log(output.slice(-20_000));
  for (const what of missed) console.log(`FAILED ${what}`);
  return { passed: Number(passed), failed: missed.length, skipped: 0 };
}
