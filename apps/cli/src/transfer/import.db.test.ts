import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDb, openDuckDb } from "@runweir/duckdb";
import type { Database } from "@runweir/postgres";
import { expect, onTestFinished, test } from "vitest";
import { answer, openHome } from "../../testing/answer-cli.ts";
import { compareExports, readManifest } from "../../testing/compare-exports.ts";
import { dumpDatabase } from "../../testing/dump-database.ts";
import { fillRunweir, oddName } from "../../testing/fill-runweir.ts";
import { runCli, send, startCli, temporaryFolder } from "../../testing/run-cli.ts";

const longRun = 100_000;

async function openReader(folder: string): Promise<DuckDb> {
  const duckdb = await openDuckDb({
    memoryMegabytes: 512,
    threads: 2,
    folders: [`${folder}/`],
    spillFolder: join(folder, "spill"),
    spillMegabytes: 1_000,
  });
  onTestFinished(() => duckdb.close());
  return duckdb;
}

test("everything comes over exactly, once: into an empty server, and again, and again after every interruption", async () => {
  const place = temporaryFolder();
  const [from, to] = [join(place, "from"), join(place, "to")];
  mkdirSync(from);
  mkdirSync(to);
  const source = await startCli(from);
  const filled = await fillRunweir(await openHome(from), { pointsOfLongRun: longRun });
  const content = randomBytes(3_000_000);
  const put = await fetch(
    `${source.url}/api/2.0/mlflow-artifacts/artifacts/${filled.odd}/${filled.parent}/artifacts/d%C3%A9/big.bin`,
    { method: "PUT", body: content },
  );
  expect(put.status).toBe(200);
  const exported = join(place, "export");
  const said = await answer(["export", exported, "--artifacts", "--data", from]);
  expect(said).toContain("Artifacts of run");
  expect(readManifest(exported).rows).toMatchObject({
    experiments: 3,
    runs: 4,
    logged_models: 1,
    logged_model_metrics: 2,
    datasets: 1,
    run_models: 2,
    artifact_files: 1,
    metric_points: 8 + 3 + 2 + longRun + 1,
  });

  const target = await startCli(to);
  const report = JSON.parse(
    (await answer(["import", exported, "--json", "--data", to])).replace(/^[^{]*/s, ""),
  );
  expect(report).toMatchObject({
    experiments: { made: 2, there: 1, deleted: 0 },
    runs: { made: 4, there: 0, deleted: 0, taken: 0 },
    models: { made: 1 },
    modelMetrics: { made: 2, there: 0, left: 0 },
    registered: { made: 2, there: 0 },
    versions: { made: 2, there: 0, deleted: 0, taken: 0 },
    aliases: { made: 2, there: 0, left: 0 },
    artifacts: { made: 1, differs: 0, left: 0 },
    pointsAdded: readManifest(exported).rows.metric_points,
    tagsAdded: 0,
    differing: 0,
  });
  const duckdb = await openReader(place);
  const again = join(place, "again");
  await answer(["export", again, "--artifacts", "--data", to]);
  expect(await compareExports(duckdb, exported, again)).toEqual({});

  const here = await openHome(to);
  const [before, snapshot] = [await dumpDatabase(here), await newestSnapshot(here, to)];
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining(["tracking.run_dataset", "registry.model_alias"]),
  );
  expect(await answer(["import", exported, "--data", to])).toContain(
    "Nothing has changed: all of it was here.",
  );
  expect(await dumpDatabase(here)).toEqual(before);
  // Not even something to look at again.
  expect(await newestSnapshot(here, to)).toBe(snapshot);

  // Versions go on where they were: with their aliases, after the greatest number, and their files are found.
  const versionOf = async (alias: string) => {
    const query = new URLSearchParams({ name: "fraud ü", alias });
    const got = await fetch(`${target.url}/api/2.0/mlflow/registered-models/alias?${query}`);
    return ((await got.json()) as { model_version: { version: string; current_stage: string } })
      .model_version;
  };
  expect(await versionOf("champion")).toMatchObject({ version: "1", current_stage: "Production" });
  const next = await send(target.url, "model-versions/create", { name: "fraud ü", source: "s3://x/y" });
  expect(await next.json()).toMatchObject({ model_version: { version: "4" } });
  await send(target.url, "registered-models/alias", { name: "fraud ü", alias: "newest", version: "4" });
  expect(await answer(["import", exported, "--data", to])).toContain(
    'Registered model "fraud ü": aliases point elsewhere here, and stay there: newest.',
  );

  // What clients are told is what it was, and a run that goes on here goes on.
  for (const run of [filled.parent, filled.child, filled.long])
    expect(await getRun(target.url, run)).toEqual(await getRun(source.url, run));
  const got = await fetch(`${target.url}/artifacts/runs/${filled.parent}/d%C3%A9/big.bin`);
  expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
  await send(target.url, "runs/log-metric", {
    run_id: filled.long,
    key: "long",
    value: 1,
    timestamp: 1,
    step: -1,
  });
  const grown = await answer(["import", exported, "--data", to]);
  expect(grown).toContain("Nothing has changed");
});

async function newestSnapshot(database: Database, home: string): Promise<number> {
  await answer(["snapshot", "--data", home]);
  const [row] = await database.query<{ seq: number }>("SELECT max(seq) AS seq FROM snapshot.snapshot");
  return row?.seq ?? 0;
}

/** Metrics come in no order that anybody promised. */
async function getRun(url: string, run: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${run}`);
  const body = (await answer.json()) as { run: { data: { metrics: { key: string }[] } } };
  body.run.data.metrics.sort((a, b) => (a.key < b.key ? -1 : 1));
  return body;
}

/** Ends a process the hard way as soon as `reached`; whether it was still at work. */
async function killWhen(args: readonly string[], reached: (output: string) => boolean): Promise<boolean> {
  const cli = runCli(args);
  let over = false;
  void cli.ended.then(() => {
    over = true;
  });
  while (!over && !reached(cli.output())) await new Promise((resolve) => setTimeout(resolve, 2));
  cli.child.kill("SIGKILL");
  return (await cli.ended) === "SIGKILL";
}

test("killed anywhere, an export and an import go on where they were", async () => {
  const place = temporaryFolder();
  const [from, to] = [join(place, "from"), join(place, "to")];
  mkdirSync(from);
  mkdirSync(to);
  const [source] = await Promise.all([startCli(from), startCli(to)]);
  const database = await openHome(from);
  const filled = await fillRunweir(database, { pointsOfLongRun: longRun });
  const [whole, cut] = [join(place, "whole"), join(place, "cut")];
  await answer(["export", whole, "--data", from]);

  const journal = join(cut, ".runweir-export/complete.jsonl");
  const written = (): number =>
    existsSync(journal)
      ? readFileSync(journal, "utf8")
          .split("\n")
          .filter((line) => line !== "").length
      : 0;
  let kills = 0;
  for (const files of [1, 5, 9])
    if (await killWhen(["export", cut, "--data", from], () => written() >= files)) kills += 1;
  expect(kills).toBeGreaterThan(0);
  // What is logged meanwhile is not of the moment that the export is of.
  await send(source.url, "runs/set-tag", { run_id: filled.long, key: "later", value: "x" });
  expect(await answer(["export", cut, "--encoding", "v2", "--data", from], 1)).toMatch(
    /begun with .* v1.*now it is .* v2/,
  );
  writeFileSync(join(cut, "experiments/00000.parquet"), "altered");
  const kept = statSync(join(cut, "runs/00000.parquet")).ino;
  const said = await answer(["export", cut, "--data", from]);
  expect(said).toMatch(/Going on with the export of snapshot \d+/);
  expect(said).toMatch(/experiments\/00000.parquet has 7 bytes instead of \d+; it is written anew/);
  expect(statSync(join(cut, "runs/00000.parquet")).ino).toBe(kept);
  expect(existsSync(join(cut, ".runweir-export"))).toBe(false);
  const duckdb = await openReader(place);
  expect(await compareExports(duckdb, whole, cut)).toEqual({});

  for (const phase of [/^checking/m, /^runs/m, /^points/m])
    await killWhen(["import", whole, "--data", to], (output) => phase.test(output));
  await answer(["import", whole, "--data", to]);
  expect(await answer(["import", whole, "--data", to])).toContain("Nothing has changed");
  const again = join(place, "again");
  await answer(["export", again, "--data", to]);
  expect(await compareExports(duckdb, whole, again)).toEqual({});
});

test("into a server with content of its own, and never from a damaged export", async () => {
  const place = temporaryFolder();
  const [from, to] = [join(place, "from"), join(place, "to")];
  mkdirSync(from);
  mkdirSync(to);
  const [, target] = await Promise.all([startCli(from), startCli(to)]);
  const filled = await fillRunweir(await openHome(from), { pointsOfLongRun: 10 });
  const exported = join(place, "export");
  await answer(["export", exported, "--data", from]);

  const create = async (name: string): Promise<string> => {
    const made = await send(target.url, "experiments/create", {
      name,
      tags: [{ key: "k/ü: x_-.", value: "ours" }],
    });
    return ((await made.json()) as { experiment_id: string }).experiment_id;
  };
  // Takes id 1, which the odd experiment has over there, and the name of the other one, which is thrown away.
  await create("ours");
  const thrown = await create("elsewhere");
  await send(target.url, "experiments/delete", { experiment_id: thrown });
  const odd = await create(oddName);
  const here = await openHome(to);
  await here.query(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri, lifecycle_stage)
     VALUES ($1, 'default', 0, 'n', 'u', 'RUNNING', 1, 'mlflow-artifacts:/x', 'active')`,
    [filled.long],
  );
  const before = await here.query("SELECT * FROM tracking.run");

  // A folder that is damaged in whatever file is named, and nothing of it is taken.
  const points = join(exported, "metric_points/00000.parquet");
  const sound = readFileSync(points);
  const altered = Buffer.from(sound);
  altered[100] = (altered[100] as number) ^ 1;
  writeFileSync(points, altered);
  expect(await answer(["import", exported, "--data", to], 1)).toMatch(
    /damaged: metric_points\/00000.parquet is not as it was written: its checksum differs. Nothing of it was taken/,
  );
  truncateSync(points, 50);
  expect(await answer(["import", exported, "--data", to], 1)).toMatch(
    /metric_points\/00000.parquet has 50 bytes instead/,
  );
  expect(await here.query("SELECT * FROM tracking.run")).toEqual(before);
  writeFileSync(points, sound);
  expect(await answer(["import", place, "--data", to], 1)).toContain("holds no complete export");

  const said = await answer(["import", exported, "--data", to], 2);
  expect(said).toContain(
    `Experiment ${JSON.stringify(oddName)} has id ${odd} here instead of ${filled.odd}.`,
  );
  expect(said).toContain("other values here, which stay: tag k/ü: x_-.");
  expect(said).toContain('Experiment "elsewhere" is in the trash here');
  expect(said).toContain(`Run ${filled.long} was refused: another one has its id here.`);
  expect(said).toMatch(/runs +2 made, 0 were here, 1 left out, 1 refused/);
  const got = await fetch(`${target.url}/api/2.0/mlflow/runs/get?run_id=${filled.parent}`);
  expect(await got.json()).toMatchObject({
    run: {
      info: { experiment_id: odd, artifact_uri: `mlflow-artifacts:/${odd}/${filled.parent}/artifacts` },
    },
  });

  // Thrown away here, it is not brought back.
  await send(target.url, "runs/delete", { run_id: filled.child });
  expect(await answer(["import", exported, "--data", to], 2)).toContain(
    `Run ${filled.child} is in the trash here, and stays there.`,
  );
});
