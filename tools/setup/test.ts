/**
 * `npm test`: the checks, then every suite against the real parts. A part that this machine lacks is named and what
 * needs it is skipped; with RUNWEIR_STRICT=1 it fails instead. The last line counts everything.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "@runweir/python";
import { checkNames, runChecks } from "./run-checks.ts";
import { programOf, root, runProgram } from "./run-program.ts";
import {
  type Counts,
  readCounts,
  readVitestReport,
  type Suite,
  secondTries,
  slowestFiles,
  sum,
  words,
} from "./suite-counts.ts";

// Every suite starts the same programs again and again; they find their files read.
process.env.NODE_COMPILE_CACHE ??= join(root, ".cache/compiled");

const strict = process.env.RUNWEIR_STRICT === "1";
const suites: Suite[] = [];
/** Said where it happened, and once more at the end. */
const flaky: string[] = [];
const ensureEnvironment = join(root, "tools/python/src/ensure-environment.ts");

function record(suite: Suite): void {
  suites.push(suite);
  console.log(`\n${suite.name}: ${words(suite)} (${suite.seconds} s)\n`);
}

async function check(): Promise<void> {
  const began = performance.now();
  // The house rules are unit tests, and counted there.
  const names = checkNames.filter((name) => name !== "house");
  const failed = await runChecks(names);
  record({ name: "check", passed: names.length - failed, failed, skipped: 0, seconds: secondsSince(began) });
}

/** Real clients and servers from PyPI; made once, then found. Rejects nothing: what went wrong is a suite that failed. */
async function preparePython(): Promise<void> {
  const began = performance.now();
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const problems: string[] = [];
  // Large ones are made where they are used, and only where everything is tested.
  for (const name of environments().filter((one) => strict || !one.endsWith("-large"))) {
    const { status, output } = await runProgram(process.execPath, [ensureEnvironment, name]);
    if (status !== 0) problems.push(output.trim());
  }
  if (problems.length === 0) return;
  const [problem] = problems;
  console.log(`${strict ? "FAILED" : "SKIPPED"}, what needs real Python clients and servers: ${problem}`);
  record({
    ...counts,
    name: "python",
    ...(strict ? { failed: problems.length } : { skipped: problems.length }),
    seconds: secondsSince(began),
  });
}

/**
 * `retries` is for what starts real engines on a machine that others use, too: once, and told. `beside`: something else
 * prints meanwhile, so what this one says comes when it has ended.
 */
async function vitest(
  project: string,
  options: { readonly retries: 0 | 1; readonly beside?: boolean },
): Promise<void> {
  const { retries, beside = false } = options;
  const folder = mkdtempSync(join(tmpdir(), "runweir-test-"));
  const report = join(folder, "report.json");
  try {
    const { status, output, seconds } = await runProgram(
      programOf("vitest"),
      [
        "run",
        "--project",
        project,
        `--retry=${retries}`,
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      { loud: !beside },
    );
    if (beside) console.log(`\n${output.trimEnd()}`);
    const text = readText(report);
    record({ name: project, ...readVitestReport(text, status), seconds });
    if (text === undefined) return;
    console.log(slowestFiles(text).join("\n"));
    const again = secondTries(text);
    for (const line of again) console.log(line);
    flaky.push(...again);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `beside`: something else prints meanwhile, so what this one says comes when it has ended. */
async function endToEnd(
  name: string,
  options: { readonly beside?: boolean; readonly args?: readonly string[] } = {},
): Promise<void> {
  const { beside = false, args = [] } = options;
  const { status, output, seconds } = await runProgram(
    process.execPath,
    [join(root, "e2e", name, "src/main.ts"), ...args],
    { loud: !beside },
  );
  if (beside) console.log(`\n${output.trimEnd()}`);
  flaky.push(...output.split("\n").filter((line) => line.startsWith("FLAKY")));
  record({
    name: ["e2e", name, args.at(-1)].filter(Boolean).join(" "),
    ...readCounts(output, status),
    seconds,
  });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}

// Waits for the network more than it works: beside what needs no Python.
const python = preparePython();
await check();
// Brokers are mostly waited for, and so are the disk and the time limits of the query engine's unit tests.
const kafka = vitest("kafka", { retries: 1, beside: true });
await vitest("unit", { retries: 0 });
await kafka;
await python;
await vitest("db", { retries: 1 });
// Faults are mostly waited for (brokers that come back, sessions that run out), and a client waits for its server: two at once.
async function runBeside(): Promise<void> {
  await endToEnd("pipeline", { beside: true });
  await endToEnd("mlflow-client", { beside: true, args: ["--ways", "signed-in,kafka"] });
}
const beside = runBeside();
await endToEnd("mlflow-client", { args: ["--ways", "open"] });
await endToEnd("exports");
await beside;
await endToEnd("web");

console.log("");
for (const suite of suites) console.log(`${suite.name.padEnd(20)} ${words(suite)} (${suite.seconds} s)`);
for (const line of flaky) console.log(line);
const total = sum(suites);
console.log(words(total));
if (total.failed > 0 || (strict && total.passed === 0)) process.exitCode = 1;
