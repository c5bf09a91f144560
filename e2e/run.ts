/** `npm run e2e`: every end-to-end suite in turn, each against real servers. Options go to the browser suite. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const suites = [
  { file: "mlflow-client/src/main.ts", options: [] },
  { file: "web/src/main.ts", options: process.argv.slice(2) },
];
for (const { file, options } of suites) {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, file), ...options], {
    stdio: "inherit",
  });
  if (run.status !== 0) process.exitCode = 1;
}
