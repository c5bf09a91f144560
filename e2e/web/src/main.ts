/** `node e2e/web/src/main.ts [playwright options]`: the browser suite against real servers; ends with its counts. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";

const folder = resolve(import.meta.dirname, "..");
const root = resolve(folder, "../..");
const strict = process.env.RUNWEIR_STRICT === "1";

const missing = findMissing();
if (missing && !strict) {
  console.log(`SKIPPED, the browser suite: ${missing}`);
  console.log("web: 0 passed, 0 failed, 1 skipped");
} else if (missing) {
  console.error(`The browser suite cannot run: ${missing}`);
  console.log("web: 0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
} else runSuite();

function findMissing(): string | undefined {
  if (!existsSync("/usr/bin/chromium") && !existsSync(chromium.executablePath()))
    return "no Chromium. Install Debian's `chromium`, or run `npx playwright install chromium`.";
  if (!existsSync(join(root, ".cache/python/mlflow-3/bin/python")))
    return "no Python environment with the MLflow client; `npm test` makes one where Python 3.10 or newer is installed.";
  return undefined;
}

function runSuite(): void {
  const scratch = mkdtempSync(join(tmpdir(), "runweir-e2e-report-"));
  const report = join(scratch, "report.json");
  const run = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/@playwright/test/cli.js"),
      "test",
      "--reporter=list,json",
      ...process.argv.slice(2),
    ],
    {
      cwd: folder,
      stdio: "inherit",
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    },
  );
  const { stats } = existsSync(report)
    ? (JSON.parse(readFileSync(report, "utf8")) as {
        stats: { expected: number; unexpected: number; flaky: number; skipped: number };
      })
    : { stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 } };
  rmSync(scratch, { recursive: true, force: true });
  if (stats.flaky > 0)
    console.log(`FLAKY: ${stats.flaky} passed only the second time; their traces are kept.`);
  const passed = stats.expected + stats.flaky;
  console.log(`web: ${passed} passed, ${stats.unexpected} failed, ${stats.skipped} skipped`);
  process.exitCode = run.status === 0 && stats.unexpected === 0 ? 0 : 1;
}
