/**
 * `node e2e/exports/src/main.ts`: what real MLflow clients logged is exported, read by everybody else's readers, and
 * imported into another Runweir, where the clients must find the same. Ends with its counts.
 */
import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensureEnvironment, PythonUnavailable } from "@runweir/python";
import { startRunweir } from "@runweir/server";
import { type Answers, findDifference } from "./compare-answers.ts";
import { type Found, type LineRunner, runDocumentedLines } from "./documented-lines.ts";
import { runPython } from "./run-python.ts";

const cli = resolve(import.meta.dirname, "../../../apps/cli/src/main.ts");
const strict = process.env.RUNWEIR_STRICT === "1";
/** Spark and ClickHouse are 1 GB to install: they are read with where everything is, and where somebody asks. */
const all = strict || process.env.RUNWEIR_READERS === "all";
const readers: readonly { readonly name: string; readonly environment: string }[] = [
  { name: "pandas", environment: "readers" },
  { name: "polars", environment: "readers" },
  { name: "duckdb", environment: "readers" },
  { name: "spark", environment: "readers-large" },
  { name: "chdb", environment: "readers-large" },
];
const environmentOf: Readonly<Record<LineRunner, string>> = {
  readers: "readers",
  spark: "readers-large",
  httpfs: "readers-httpfs",
};
const counts = { passed: 0, failed: 0, skipped: 0 };

/** A failure is printed and counted; a part that this machine lacks is skipped aloud. */
async function attempt(name: string, work: () => Promise<string>): Promise<void> {
  const began = performance.now();
  try {
    const said = await work();
    counts.passed += 1;
    console.log(`ok      ${name}: ${said} (${((performance.now() - began) / 1_000).toFixed(1)} s)`);
  } catch (error) {
    const absent = error instanceof PythonUnavailable && !strict;
    counts[absent ? "skipped" : "failed"] += 1;
    console.log(
      `${absent ? "SKIPPED" : "FAILED"}  ${name}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function runweir(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  throw new Error(`runweir ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
}

async function readWith(reader: (typeof readers)[number], folder: string): Promise<Answers> {
  const python = await ensureEnvironment(reader.environment);
  const printed = runPython(python, "read_export.py", [reader.name, folder]);
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "") as Answers;
}

/** The documented lines of one of those who run them: rows and sums must be those of each other and of the files. */
async function tryDocumentedLines(
  who: LineRunner,
  { url, folder }: { readonly url: string; readonly folder: string },
): Promise<string> {
  const python = await ensureEnvironment(environmentOf[who]);
  await mkdir(folder);
  const found = await runDocumentedLines(who, { python, url, folder });
  const send = async <T>(path: string, body: object): Promise<T> => {
    const headers = { "content-type": "application/json" };
    return (await (
      await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) })
    ).json()) as T;
  };
  const { rows } = await send<{ rows: [[number, number]] }>("/api/sql", {
    sql: "SELECT count(*), sum(value) FILTER (key = 'wave') FROM metric_points WHERE step > 1",
  });
  const { tables } = await send<{ tables: [{ rows: number }] }>("/api/snapshots/latest/links", {
    tables: ["metric_points"],
  });
  const expected: Found = {
    answers: found.answers.map(() => rows[0][0]),
    tables: found.tables.map(() => tables[0].rows),
    waves: found.waves.map(() => rows[0][1]),
  };
  const difference = findDifference(expected, found);
  if (difference !== undefined) throw new Error(`they do not agree: ${difference}`);
  return `read ${rows[0][0]} rows of an answer, and ${tables[0].rows} of files`;
}

async function run(folder: string): Promise<void> {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  for (const path of [from, to]) await mkdir(path);
  const source = await startRunweir(from, {}, ["--no-pages"]);
  const exports = { v1: join(folder, "export"), v2: join(folder, "export-v2") };
  try {
    const client = await ensureEnvironment("mlflow-3");
    runPython(client, "fill.py", [], { MLFLOW_TRACKING_URI: source.url });
    await attempt("export", async () =>
      runweir("export", exports.v1, "--artifacts", "--data", join(from, "runweir")),
    );
    await attempt("export with encoding v2", async () =>
      runweir("export", exports.v2, "--encoding", "v2", "--data", join(from, "runweir")),
    );
    for (const who of ["readers", "spark", "httpfs"] as const)
      if (who !== "spark" || all)
        await attempt(`documented lines of ${who}`, () =>
          tryDocumentedLines(who, { url: source.url, folder: join(folder, `lines-${who}`) }),
        );
    const manifest = JSON.parse(await readFile(join(exports.v1, "manifest.json"), "utf8")) as {
      readonly rows: Readonly<Record<string, number>>;
    };
    let agreed: Answers | undefined;
    for (const reader of readers) {
      if (reader.environment === "readers-large" && !all) {
        counts.skipped += 1;
        console.log(`SKIPPED  ${reader.name}: RUNWEIR_READERS=all reads with it too`);
        continue;
      }
      await attempt(`the lines of its own README, ${reader.name}`, async () => {
        const python = await ensureEnvironment(reader.environment);
        const rows = Number(
          runPython(python, "run_readme.py", [reader.name, exports.v1]).trim().split("\n").at(-1),
        );
        if (!(rows > 0)) throw new Error(`they found ${rows} rows`);
        return `${rows} rows`;
      });
      await attempt(reader.name, async () => {
        const answers = await readWith(reader, exports.v1);
        const difference =
          findDifference(answers.rows, manifest.rows, "rows") ?? findDifference(agreed ?? answers, answers);
        if (difference !== undefined) throw new Error(`it does not agree: ${difference}`);
        agreed ??= answers;
        return `agrees on ${Object.keys(answers).length} questions and ${Object.keys(manifest.rows).length} tables`;
      });
    }
    await attempt("pandas, encoding v2", async () => {
      const answers = await readWith({ name: "pandas", environment: "readers" }, exports.v2);
      const difference = findDifference({ ...agreed, rows: undefined }, { ...answers, rows: undefined });
      if (difference !== undefined) throw new Error(`it does not agree: ${difference}`);
      return "agrees";
    });
    const target = await startRunweir(to, {}, ["--no-pages"]);
    try {
      await attempt("import", async () => runweir("import", exports.v1, "--data", join(to, "runweir")));
      await attempt("the MLflow client finds the same", async () =>
        runPython(client, "compare.py", [source.url, target.url]).trim(),
      );
      await attempt("a second import", async () => {
        const said = runweir("import", exports.v1, "--data", join(to, "runweir"));
        if (!said.includes("Nothing has changed")) throw new Error(said);
        return "changes nothing";
      });
    } finally {
      await target.stop();
    }
  } finally {
    await source.stop();
  }
}

const folder = await mkdtemp(join(tmpdir(), "runweir-e2e-exports-"));
// The database may run as a user of its own, who must be able to enter.
await chmod(folder, 0o755);
try {
  await attempt("servers", async () => {
    await run(folder);
    return "started and stopped";
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`exports: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
if (counts.failed > 0) process.exitCode = 1;
