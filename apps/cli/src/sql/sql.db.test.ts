import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { expect, test } from "vitest";
import { runCli, send, startCli, temporaryFolder } from "../../testing/run-cli.ts";

test("runweir sql asks the Runweir of the data folder, in every form, and Ctrl-C cancels", async () => {
  const home = temporaryFolder();
  const running = await startCli(home);
  const { run } = (await (await send(running.url, "runs/create", { experiment_id: "0" })).json()) as {
    run: { info: { run_id: string } };
  };
  const metrics = [1, 2, 3].map((step) => ({ key: "loss", value: step / 4, timestamp: step, step }));
  await send(running.url, "runs/log-batch", { run_id: run.info.run_id, metrics });
  const sql = async (args: readonly string[], code = 0): Promise<string> => {
    const cli = runCli(["sql", "--data", home, ...args]);
    expect(await cli.ended, cli.output()).toBe(code);
    return cli.output();
  };
  const made = runCli(["snapshot", "--data", home]);
  await made.ended;
  expect(made.output()).toMatch(/^(Snapshot \d+:|Nothing has changed)/);

  const points = "SELECT step, value FROM metric_points WHERE step > $least ORDER BY step";
  expect(await sql([points, "--param", "least=1"])).toMatch(
    /^step {2}value\n─+ {2}─+\n {3}2 {4}0\.5\n {3}3 {3}0\.75\n2 rows, snapshot \d+ of \d+ s ago, .*\n$/,
  );
  expect(await sql([points, "--param", "least=2", "--csv"])).toMatch(/^step,value\r\n3,0\.75\r\nall rows, /);
  expect(await sql([points, "--param", "least=2", "--json"])).toContain('[3,0.75]\n],"row_count":1');
  const [parquet, arrow] = [join(home, "a.parquet"), join(home, "a.arrow")] as const;
  await sql([points, "--param", "least=0", "--parquet", parquet]);
  expect(readFileSync(parquet).subarray(0, 4).toString()).toBe("PAR1");
  await sql([points, "--param", "least=0", "--arrow", arrow]);
  expect(tableFromIPC(readFileSync(arrow)).numRows).toBe(3);

  const point = { run_id: run.info.run_id, key: "loss", value: 9, timestamp: 9, step: 9 };
  await send(running.url, "runs/log-metric", point);
  expect(await sql(["SELECT max(step) FROM metric_points", "--tail"])).toMatch(
    /\n {8}9\n1 row, snapshot \d+ of \d+ s ago with what came since until 20/,
  );

  expect(await sql(["SELECT 1,\n  nobody FROM runs"], 1)).toMatch(
    /nobody.*\n\nline 2: {3}nobody FROM runs\n {10}\^\n$/s,
  );
  const halfWay = "SELECT CASE WHEN i = 900000 THEN 'x' ELSE '1' END::INT FROM range(1000000) t(i)";
  expect(await sql([halfWay, "--csv"], 1)).toMatch(
    /Could not convert string 'x' to INT32\n\nline 1: SELECT CASE.*\n +\^\n$/,
  );
  await sql([halfWay, "--arrow", join(home, "half.arrow")], 1);
  expect(existsSync(join(home, "half.arrow"))).toBe(false);
  expect(await sql(["DROP VIEW runs"], 1)).toContain("Only SELECT is allowed");
  expect(await sql(["SELECT 1", "--param", "x"], 1)).toContain("name=value is expected");
  expect(await sql(["SELECT 1", "--snapshot", "99"], 1)).toContain("There is no snapshot 99");

  const endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b";
  const stopped = runCli(["sql", endless, "--progress", "--url", running.url]);
  await stopped.says(/running|\d %/);
  stopped.child.kill("SIGINT");
  expect(await stopped.ended).toBe(130);
  expect(stopped.output()).toContain("Cancelled.");
  const history = `${running.url}/trpc/analytics/history.list?input={}`;
  await expect.poll(async () => (await fetch(history)).text()).toContain("The statement was cancelled.");
});
