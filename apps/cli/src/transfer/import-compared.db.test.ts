import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { answer, openHome } from "../../testing/answer-cli.ts";
import { dumpDatabase } from "../../testing/dump-database.ts";
import { fillRunweir, oddName } from "../../testing/fill-runweir.ts";
import { send, startCli, temporaryFolder } from "../../testing/run-cli.ts";

test("points, params and tags that are other here than in the export are found, though counts and sums agree", async () => {
  const place = temporaryFolder();
  const [from, to] = [join(place, "from"), join(place, "to")];
  mkdirSync(from);
  mkdirSync(to);
  const [source, target] = await Promise.all([startCli(from), startCli(to)]);
  const run = "0123456789abcdef0123456789abcdef";
  const log = async (url: string, home: string, values: readonly number[], word: string) => {
    const database = await openHome(home);
    await database.query(
      `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri, lifecycle_stage)
       VALUES ($1, 'default', 0, 'n', 'u', 'RUNNING', 1, 'mlflow-artifacts:/x', 'active')`,
      [run],
    );
    const logged = await send(url, "runs/log-batch", {
      run_id: run,
      metrics: values.map((value, step) => ({ key: "loss", value, step, timestamp: step })),
      params: [{ key: "lr", value: word }],
      tags: [
        { key: "stage", value: word },
        { key: "same", value: "x" },
      ],
    });
    expect(logged.status).toBe(200);
  };
  await log(source.url, from, [1, 2, 3, 4], "exported");
  // The same count, sum, ends and extremes.
  await log(target.url, to, [1, 3, 2, 4], "altered");
  const exported = join(place, "export");
  await answer(["export", exported, "--data", from]);
  for (const added of [2, 0]) {
    const said = await answer(["import", exported, "--json", "--data", to]);
    expect(JSON.parse(said.replace(/^[^{]*/s, ""))).toMatchObject({
      pointsAdded: added,
      notes: [
        `Run ${run} has other values here, which stay: param lr, tag stage.`,
        `Run ${run}: metric "loss" has 2 other values here at steps and times of the export; they stay beside its own.`,
      ],
    });
  }
  const history = await fetch(
    `${target.url}/api/2.0/mlflow/metrics/get-history?run_id=${run}&metric_key=loss`,
  );
  expect(((await history.json()) as { metrics: unknown[] }).metrics).toHaveLength(6);
});

test("whatever is other here than in the export is named and stays; what is missing is added; what cannot come is said", async () => {
  const place = temporaryFolder();
  const [from, to] = [join(place, "from"), join(place, "to")];
  mkdirSync(from);
  mkdirSync(to);
  const [source, target] = await Promise.all([startCli(from), startCli(to)]);
  const filled = await fillRunweir(await openHome(from), { pointsOfLongRun: 10 });
  const { parent, child, deleted, modelId } = filled;
  const file = `/api/2.0/mlflow-artifacts/artifacts/${filled.odd}/${parent}/artifacts/a.txt`;
  await fetch(source.url + file, { method: "PUT", body: "exported" });
  await send(source.url, "runs/restore", { run_id: deleted });
  await send(source.url, "runs/log-batch", {
    run_id: deleted,
    metrics: [{ key: "of trash", value: 1, step: 1, timestamp: 1, model_id: modelId }],
  });
  await send(source.url, "runs/delete", { run_id: deleted });
  const exported = join(place, "export");
  await answer(["export", exported, "--artifacts", "--data", from]);
  const bring = async (code = 2) =>
    JSON.parse((await answer(["import", exported, "--json", "--data", to], code)).replace(/^[^{]*/s, ""));
  const left = `Logged model ${modelId}: 1 of its metrics were left out, with it or with the runs that logged them: of trash.`;
  const first = await bring();
  expect(first).toMatchObject({ modelMetrics: { made: 2, there: 0, left: 1 }, differing: 0 });
  expect(first.notes).toContain(left);

  const here = await openHome(to);
  for (const statement of [
    `UPDATE tracking.run SET status = 'KILLED', end_time = 1 WHERE run_id = '${child}'`,
    `UPDATE tracking.dataset SET source = 'ours', profile = 'ours'`,
    `UPDATE tracking.run_dataset SET tags = '{}'`,
    `DELETE FROM tracking.run_model WHERE direction = 'output'`,
    `UPDATE tracking.logged_model SET status = 'PENDING', model_type = 'ours'`,
    `UPDATE tracking.logged_model_param SET value = 'ours'`,
    `DELETE FROM tracking.logged_model_tag`,
    `UPDATE tracking.logged_model_metric SET value = 0.75 WHERE dataset_name = ''`,
    `UPDATE tracking.experiment SET artifact_location = 's3://ours' WHERE name = 'elsewhere'`,
    `UPDATE registry.model SET description = 'ours', creator_id = 'ours' WHERE name = 'empty'`,
    `UPDATE registry.model_tag SET value = 'ours'`,
    `UPDATE registry.model_version SET stage = 'Archived', description = NULL, storage_location = 's3://ours' WHERE version = 1`,
    `UPDATE registry.model_version_tag SET value = 'ours' WHERE version = 3`,
    `UPDATE registry.model_alias SET version = 1 WHERE alias = 'newest'`,
  ])
    await here.query(statement);
  await fetch(target.url + file, { method: "PUT", body: "ours" });
  const before = await dumpDatabase(here);
  const differing = await bring();
  expect(differing).toMatchObject({
    differing: 8,
    artifacts: { made: 0, differs: 1 },
    aliases: { there: 1, differs: 1, left: 0 },
  });
  expect(differing.notes.toSorted()).toEqual(
    [
      left,
      expect.stringContaining("The export is without the artifacts of run"),
      `Experiment "elsewhere" has other values here, which stay: artifact location.`,
      `Run ${parent} has other values here, which stay: source of dataset ${JSON.stringify(oddName)} (d1), profile of dataset ${JSON.stringify(oddName)} (d1), tag mlflow.data.context of dataset ${JSON.stringify(oddName)} (d1).`,
      `Run ${child} has other values here, which stay: status, end time, output ${modelId} at step 7.`,
      `Logged model ${modelId} has other values here, which stay: status, type, param depth, tag stage, metric acc of run ${child}.`,
      `Artifact a.txt of ${parent} is here with other content, which stays.`,
      `Registered model "empty" has other values here, which stay: description, creator.`,
      `Registered model "fraud ü" has other values here, which stay: tag k/ü: x_-..`,
      `Registered model "fraud ü": version 1 has other values here, which stay: stage, description, storage location.`,
      `Registered model "fraud ü": version 3 has other values here, which stay: tag k.`,
      `Registered model "fraud ü": aliases point elsewhere here, and stay there: newest.`,
    ].toSorted(),
  );
  expect(await dumpDatabase(here)).toEqual(before);

  // What is missing comes back, and is told from what was here.
  for (const statement of [
    "DELETE FROM tracking.experiment_tag",
    "DELETE FROM tracking.logged_model_metric WHERE dataset_name <> ''",
    "DELETE FROM registry.model_tag",
    "DELETE FROM registry.model_alias WHERE alias = 'champion'",
  ])
    await here.query(statement);
  expect(await bring()).toMatchObject({
    modelMetrics: { made: 1, there: 1, left: 1 },
    aliases: { made: 1, there: 0, differs: 1 },
    tagsAdded: 2,
  });

  // What was thrown away here stays so, with all that belongs to it.
  await send(target.url, "runs/delete", { run_id: parent });
  await here.query(`UPDATE registry.model_version SET deleted_time = 1 WHERE version = 3`);
  const thrown = await bring();
  expect(thrown).toMatchObject({
    runs: { there: 3, deleted: 1 },
    versions: { there: 1, deleted: 1 },
    aliases: { there: 1, differs: 1, left: 0 },
    artifacts: { there: 0, left: 1 },
  });
  expect(thrown.notes).toEqual(
    expect.arrayContaining([
      `Artifacts of run ${parent} were left out with it: 1.`,
      `Registered model "fraud ü": version 3 was deleted here, and stays so.`,
    ]),
  );
});
