import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { send, startCli, temporaryFolder } from "../testing/run-cli.ts";

test("an open installation that gets sign-in keeps everything, says what changed, and gives it to the first administrator", async () => {
  const folder = temporaryFolder();
  const open = await startCli(folder, { args: ["--no-warehouse"] });
  const read = async (answer: Promise<Response>) => (await answer).json() as Promise<Record<string, never>>;
  const { experiment_id } = await read(send(open.url, "experiments/create", { name: "before" }));
  const { run } = (await read(send(open.url, "runs/create", { experiment_id }))) as unknown as {
    run: { info: { run_id: string } };
  };
  const { run_id } = run.info;
  await send(open.url, "runs/log-metric", { run_id, key: "loss", value: 0.5, timestamp: 1, step: 1 });
  const file = `${open.url}/api/2.0/mlflow-artifacts/artifacts/${experiment_id}/${run_id}/artifacts/a.txt`;
  expect((await fetch(file, { method: "PUT", body: "kept" })).status).toBe(200);
  await send(open.url, "registered-models/create", { name: "fraud" });
  const saved = await fetch(`${open.url}/trpc/analytics/savedQueries.create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "mine", sql: "SELECT 1" }),
  });
  expect(saved.status).toBe(200);
  open.child.kill("SIGTERM");
  await open.ended;

  const cli = await startCli(folder, { args: ["--identity", "--no-warehouse"] });
  const [, token] = await cli.says(/\/welcome\/([\w-]{43})/);
  expect(cli.output()).toContain(
    "Nothing is lost: 1 experiment, 1 run, 1 registered model, 1 saved query stay as they are",
  );
  expect((await fetch(`${cli.url}/api/2.0/mlflow/runs/get?run_id=${run_id}`)).status).toBe(401);
  await fetch(`${cli.url}/api/auth/welcome`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, username: "ann", password: "correct horse battery" }),
  });
  const headers = { authorization: `Basic ${Buffer.from("ann:correct horse battery").toString("base64")}` };
  const get = async (path: string) => (await fetch(`${cli.url}${path}`, { headers })).text();
  expect(JSON.parse(await get(`/api/2.0/mlflow/runs/get?run_id=${run_id}`))).toMatchObject({
    run: { info: { experiment_id, run_id }, data: { metrics: [{ key: "loss", value: 0.5 }] } },
  });
  expect(await get(file.slice(open.url.length))).toBe("kept");
  expect(await get("/api/2.0/mlflow/registered-models/get?name=fraud")).toContain('"fraud"');
  const mine = `/trpc/analytics/savedQueries.list?input=${encodeURIComponent("{}")}`;
  expect(await get(mine)).toMatch(/"mine".*"ann"|"ann".*"mine"/s);
  const members = `/trpc/identity/directory.members.list?input=${encodeURIComponent("{}")}`;
  expect(await get(members)).toMatch(/"ann".*"admin"|"admin".*"ann"/s);
  const entries = `/trpc/identity/audit.list?input=${encodeURIComponent('{"action":"user.create"}')}`;
  expect(await get(entries)).toMatch(/"inherits":\{("(runs|models|queries|experiments)":1,?){4}\}/);
});

test("--identity prints a link that makes the first administrator, and nobody else gets in (CVE-2026-2635, CVE-2023-27524)", async () => {
  const folder = temporaryFolder();
  const cli = await startCli(folder, { args: ["--identity", "--no-warehouse"] });
  const [, token] = await cli.says(/\/welcome\/([\w-]{43})/);
  expect((await send(cli.url, "experiments/search", { max_results: 1 })).status).toBe(401);
  const made = await fetch(`${cli.url}/api/auth/welcome`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, username: "ann", password: "correct horse battery" }),
  });
  expect(made.status).toBe(200);
  const { mode } = await stat(join(folder, "secret-key"));
  expect((mode & 0o777).toString(8)).toBe("600");
  cli.child.kill("SIGTERM");
  await cli.ended;
  const again = await startCli(folder, { args: ["--identity", "--no-warehouse"] });
  expect(again.output()).not.toContain("/welcome/");
  const open = again.url;
  const answer = await fetch(`${open}/api/2.0/mlflow/experiments/get-by-name?experiment_name=Default`, {
    headers: { authorization: `Basic ${Buffer.from("ann:correct horse battery").toString("base64")}` },
  });
  expect(answer.status).toBe(200);
});
