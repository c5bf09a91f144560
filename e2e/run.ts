/**
 * `npm run e2e`: every end-to-end suite in turn, each against real servers; options go to the browser suite.
 * `npm run e2e -- faults [--minutes N] [--seed S] [--only TEXT]`: the faults alone, with options of their own.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const [first, ...rest] = process.argv.slice(2);
const pipeline = { file: "pipeline/src/main.ts", options: first === "faults" ? rest : [] };
const suites =
  first === "faults"
    ? [pipeline]
    : [
        { file: "mlflow-client/src/main.ts", options: [] },
        { file: "exports/src/main.ts", options: [] },
        { file: "web/src/main.ts", options: process.argv.slice(2) },
        pipeline,
      ];
for (const { file, options } of suites) {
  const run = spawnSync(
    process.execPath,
    // A warning that kafkajs causes on every connection.
    ["--disable-warning=TimeoutNegativeWarning", join(import.meta.dirname, file), ...options],
    { stdio: "inherit" },
  );
  if (run.status !== 0) process.exitCode = 1;
}
