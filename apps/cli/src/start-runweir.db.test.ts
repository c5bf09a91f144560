import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliProcess, runCli, send, startCli, temporaryFolder } from "../testing/run-cli.ts";

async function stop(cli: CliProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | string> {
  cli.child.kill(signal);
  return cli.ended;
}

async function createExperiment(url: string, name: string): Promise<void> {
  expect((await send(url, "experiments/create", { name })).status).toBe(200);
}

async function hasExperiment(url: string, name: string): Promise<boolean> {
  const answer = await fetch(
    `${url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`,
  );
  return answer.status === 200;
}

/** Postgres servers (not their sessions) that run on a folder. */
function serversOn(home: string): number {
  return execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(`-D ${join(home, "postgres")} `)).length;
}

describe("runweir start", () => {
  test("goes from an empty folder to an address and a snippet, stops in order, and finds its data again", async () => {
    const folder = temporaryFolder();
    const home = join(folder, "made", "on the way");
    const first = await startCli(home);
    expect(first.output()).toMatch(/database +created and started, [\d.]+ s\n/);
    expect(first.output()).toMatch(/migrations +\d+ applied \(PostgreSQL \d+/);
    expect(first.output()).toContain(`mlflow.set_tracking_uri("${first.url}")`);
    await createExperiment(first.url, "kept");
    expect(await stop(first)).toBe(0);
    expect(serversOn(home)).toBe(0);

    const second = await startCli(home);
    expect(second.output()).toContain("none new");
    expect(await hasExperiment(second.url, "kept")).toBe(true);
    expect(await stop(second, "SIGINT")).toBe(0);
    expect(existsSync(join(home, "running.json"))).toBe(false);
  });

  test("stopped while clients log, it keeps every point that it said it had", async () => {
    const folder = temporaryFolder();
    const first = await startCli(folder);
    const { run } = (await (await send(first.url, "runs/create", { experiment_id: "0" })).json()) as {
      run: { info: { run_id: string } };
    };
    const runId = run.info.run_id;
    const acknowledged: number[] = [];
    let next = 0;
    // Each goes on until the server is gone, so requests are under way whenever the signal arrives.
    const client = async () => {
      for (;;) {
        const step = next++;
        const point = { run_id: runId, key: "loss", value: step, timestamp: step, step };
        const answer = await send(first.url, "runs/log-metric", point).catch(() => undefined);
        if (!answer?.ok) return;
        acknowledged.push(step);
        if (acknowledged.length === 100) first.child.kill("SIGTERM");
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    expect(await first.ended).toBe(0);

    const second = await startCli(folder);
    const history = await fetch(
      `${second.url}/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=loss`,
    );
    const { metrics } = (await history.json()) as { metrics: readonly { step: number | string }[] };
    const kept = metrics.map(({ step }) => Number(step));
    expect(new Set(kept).size).toBe(kept.length);
    expect(acknowledged.filter((step) => !kept.includes(step))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
  });

  test("a killed one leaves nothing that blocks the next start, and nothing committed is lost", async () => {
    const folder = temporaryFolder();
    const first = await startCli(folder);
    await createExperiment(first.url, "just before");
    expect(await stop(first, "SIGKILL")).toBe("SIGKILL");
    expect(serversOn(folder)).toBe(1);

    const second = await startCli(folder);
    expect(serversOn(folder)).toBe(1);
    expect(await hasExperiment(second.url, "just before")).toBe(true);
    expect(await stop(second)).toBe(0);
  });

  test("a killed one whose database was killed too is no obstacle either", async () => {
    const folder = temporaryFolder();
    const first = await startCli(folder);
    await createExperiment(first.url, "just before");
    const database = Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    await stop(first, "SIGKILL");
    process.kill(database, "SIGKILL");

    const second = await startCli(folder);
    expect(await hasExperiment(second.url, "just before")).toBe(true);
    expect(await stop(second)).toBe(0);
  });

  test("a closed terminal stops it like Ctrl-C", async () => {
    const folder = temporaryFolder();
    const cli = await startCli(folder);
    expect(await stop(cli, "SIGHUP")).toBe(0);
    expect(serversOn(folder)).toBe(0);
  });

  test("stopped while it starts, it leaves nothing running", async () => {
    const folder = temporaryFolder();
    const cli = runCli(["start", "--port", "0", "--no-pages", "--data", folder]);
    await cli.says(/database +created/);
    expect(await stop(cli, "SIGINT")).toBe(0);
    expect(serversOn(folder)).toBe(0);
  });

  test("a folder whose path is too long for a socket is served over loopback", async () => {
    const folder = temporaryFolder();
    const home = join(folder, "x".repeat(90));
    const cli = await startCli(home);
    expect(existsSync(join(home, "run"))).toBe(false);
    await createExperiment(cli.url, "far away");
    expect(await stop(cli)).toBe(0);
  });

  test("the database's password is for its owner's eyes only, and the database for whoever has it", async () => {
    const folder = temporaryFolder();
    const cli = await startCli(folder);
    expect(statSync(join(folder, "postgres-password")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "run")).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(folder, "postgres/pg_hba.conf"), "utf8")).not.toMatch(/^[^#].*\btrust\b/m);
    expect(await stop(cli)).toBe(0);
  });
});
