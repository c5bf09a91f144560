import { expect, test } from "vitest";
import { answer } from "../../testing/answer-cli.ts";
import { send, startCli, temporaryFolder } from "../../testing/run-cli.ts";

test("a started Runweir makes snapshots on demand, lists them, and answers for them over HTTP", async () => {
  const home = temporaryFolder();
  const running = await startCli(home);
  const { run } = (await (await send(running.url, "runs/create", { experiment_id: "0" })).json()) as {
    run: { info: { run_id: string } };
  };
  const point = { run_id: run.info.run_id, key: "loss", value: 0.5, timestamp: 1, step: 1 };
  await send(running.url, "runs/log-metric", point);

  const made = JSON.parse(await answer(["snapshot", "--json", "--data", home])) as { number: number };
  const described = await fetch(`${running.url}/api/snapshots/${made.number}`);
  const { tables } = (await described.json()) as { tables: readonly { name: string; rows: number }[] };
  expect(tables).toContainEqual(expect.objectContaining({ name: "metric_points", rows: 1 }));
  expect(await answer(["snapshot", "--data", home])).toBe(
    `Nothing has changed since snapshot ${made.number}.\n`,
  );
  await send(running.url, "runs/log-metric", { ...point, step: 2 });
  expect(await answer(["snapshot", "--data", home])).toMatch(/^Snapshot \d+: \d+ rows, .* written\.\n$/);
  expect(await answer(["snapshot", "list", "--data", home])).toMatch(
    /^SNAPSHOT {2}MADE .*\n +\d+ {2}20\d\d-.*\n/,
  );
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
  expect(await answer(["snapshot", "--data", home], 1)).toContain(`No Runweir is running in ${home}.`);
});

test("--no-warehouse starts without, and says so where snapshots are asked for", async () => {
  const home = temporaryFolder();
  const running = await startCli(home, { args: ["--no-warehouse"] });
  const refused = await fetch(`${running.url}/api/snapshots`);
  expect(refused.status).toBe(503);
  expect(await answer(["snapshot", "--data", home], 1)).toContain("Start Runweir without --no-warehouse");
});
