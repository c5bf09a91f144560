import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { answer } from "../../testing/answer-cli.ts";
import { runCli, send, startCli, temporaryFolder } from "../../testing/run-cli.ts";

async function createRun(url: string, experiment: string): Promise<string> {
  const answer = await send(url, "runs/create", { experiment_id: experiment });
  return ((await answer.json()) as { run: { info: { run_id: string } } }).run.info.run_id;
}

test("a folder that stands on its own, of everything or of one experiment; refused where something else is", async () => {
  const home = temporaryFolder();
  const running = await startCli(home);
  const made = await send(running.url, "experiments/create", { name: "a/b ü" });
  const { experiment_id: other } = (await made.json()) as { experiment_id: string };
  const [first, second] = [await createRun(running.url, "0"), await createRun(running.url, other)];
  for (const [run, key] of [
    [first, "loss"],
    [second, "acc"],
  ])
    await send(running.url, "runs/log-metric", { run_id: run, key, value: 0.5, timestamp: 1, step: 1 });
  await fetch(`${running.url}/api/2.0/mlflow-artifacts/artifacts/${other}/${second}/artifacts/a/b.txt`, {
    method: "PUT",
    body: "hello",
  });

  const folder = join(home, "export");
  expect(await answer(["export", folder, "--artifacts", "--data", home])).toMatch(/\d+ rows in 14 files/);
  expect(readdirSync(folder).sort()).toEqual([
    "README.md",
    "SCHEMA.md",
    "artifact_files",
    "artifacts",
    "datasets",
    "experiments",
    "logged_model_metrics",
    "logged_models",
    "manifest.json",
    "metric_points",
    "metric_rollup",
    "metric_summary",
    "model_versions",
    "models",
    "params",
    "run_models",
    "runs",
    "tags",
  ]);
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  expect(manifest.rows).toMatchObject({ runs: 2, experiments: 2, metric_points: 2, artifact_files: 1 });
  expect(readFileSync(join(folder, `artifacts/runs/${second}/a/b.txt`), "utf8")).toBe("hello");
  expect(await answer(["export", folder, "--data", home], 1)).toContain("complete export already");

  const one = join(home, "one");
  await answer(["export", one, "--experiment", "a/b ü", "--encoding", "v2", "--data", home]);
  expect(JSON.parse(readFileSync(join(one, "manifest.json"), "utf8"))).toMatchObject({
    experiments: [Number(other)],
    encoding: "v2",
    rows: { runs: 1, experiments: 1, metric_points: 1, artifact_files: 0 },
  });

  writeFileSync(join(home, "stranger"), "");
  expect(await answer(["export", home, "--data", home], 1)).toMatch(/is not a folder to export to: it holds/);
  expect(await answer(["export", join(home, "stranger"), "--data", home], 1)).toContain(
    "cannot be written to",
  );
  expect(await answer(["export", join(home, "x"), "--experiment", "none", "--data", home], 1)).toContain(
    '--experiment: found "none"',
  );
  expect(await answer(["export", join(home, "x"), "--encoding", "v3", "--data", home], 1)).toContain(
    "allowed are v1 and v2",
  );
});

const main = resolve(import.meta.dirname, "../main.ts");

test("a disk that is full and a folder that nobody may write to are said; with room it goes on", async () => {
  const home = temporaryFolder();
  const running = await startCli(home);
  const run = await createRun(running.url, "0");
  for (let from = 0; from < 20_000; from += 1_000) {
    const metrics = Array.from({ length: 1_000 }, (_, i) => ({
      key: "noise",
      value: Math.random(),
      timestamp: i,
      step: from + i,
    }));
    expect((await send(running.url, "runs/log-batch", { run_id: run, metrics })).status).toBe(200);
  }
  const folder = join(home, "export");
  // No file over 50 kB; the signal that goes with the error would end the process.
  const limited = spawnSync(
    "sh",
    [
      "-c",
      'trap "" XFSZ && ulimit -f 100 && exec "$0" "$@"',
      process.execPath,
      main,
      "export",
      folder,
      "--data",
      home,
    ],
    { encoding: "utf8" },
  );
  expect(limited.status).toBe(1);
  expect(limited.stderr).toMatch(/disk .*is full/i);
  expect(existsSync(join(folder, "manifest.json"))).toBe(false);
  expect(await answer(["export", folder, "--data", home])).toContain("Going on with the export");
  expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")).rows.metric_points).toBe(20_000);

  const closed = join(home, "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o555);
  const nobody = 65_534;
  const asNobody = process.getuid?.() === 0 ? { uid: nobody } : {};
  const cli = runCli(["export", join(closed, "x"), "--data", home], asNobody);
  expect(await cli.ended).toBe(1);
  expect(cli.output()).toMatch(/closed\/x cannot be written to: EACCES/);
});
