import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Counts } from "./counts.ts";
import { pythonVariables, withPython } from "./python-part.ts";

const root = resolve(import.meta.dirname, "../../..");
const plugins = resolve(import.meta.dirname, "../python");

/** Tests of the list that wait for a part of Runweir that is not there yet, and for which. */
const awaited: Readonly<Record<string, string>> = {
  "tests/tracking/test_rest_tracking.py::test_logging_model_with_local_artifact_uri[sqlalchemy]":
    "it registers the model it logs, and there is no model registry yet",
};

/**
 * MLflow's own REST tests, unedited, from `../shared/mlflow-suite` beside the repository or RUNWEIR_MLFLOW_SUITE. They are
 * not ours to carry, so where they are absent they are skipped, loudly, even under RUNWEIR_STRICT=1.
 */
export async function runConformance(run: { readonly url: string; readonly ids: string }): Promise<Counts> {
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
          // An address in the environment would reach tests that expect none.
          MLFLOW_TRACKING_URI: undefined,
          PYTHONPATH: plugins,
          PYTEST_ADDOPTS: "-p through_the_server",
        },
      },
    );
    return countConformance(stdout, status ?? 1);
  });
}

/** Prints what did not pass, and why a test that is awaited may not. One that passes has to leave the list. */
function countConformance(output: string, status: number): Counts {
  const [, passed] = /^(\d+) passed, \d+ failed$/m.exec(output) ?? [];
  const missed = [...output.matchAll(/^NOT PASSED (.+?): (.*)$/gm)].map(([, id = "", why = ""]) => ({
    id,
    why,
  }));
  if (passed === undefined || (status !== 0 && missed.length === 0)) {
    console.log(output.slice(-4_000));
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const waiting = missed.filter(({ id }) => id in awaited);
  const failures = missed.filter(({ id }) => !(id in awaited));
  const arrived = Object.keys(awaited).filter((id) => !missed.some((one) => one.id === id));
  if (failures.length > 0) console.log(output.slice(-20_000));
  for (const { id, why } of failures) console.log(`FAILED ${id}: ${why}`);
  for (const { id } of waiting) console.log(`SKIPPED ${id}: ${awaited[id]}`);
  for (const id of arrived) console.log(`FAILED ${id}: it passes now, so it waits for nothing any more`);
  return {
    passed: Number(passed),
    failed: failures.length + arrived.length,
    skipped: waiting.length,
  };
}
