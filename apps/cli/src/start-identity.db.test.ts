import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { send, startCli, temporaryFolder } from "../testing/run-cli.ts";

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
}, 60_000);
