import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { send, startCli, temporaryFolder } from "../testing/run-cli.ts";
import { type Cluster, startCluster } from "./postgres/start-cluster.ts";
import { prepareHome } from "./prepare-home.ts";

/** A Postgres of the test's own, which Runweir is told to use; started again it answers at the same address. */
async function startDatabase(home: string): Promise<Cluster> {
  await prepareHome(home);
  const cluster = await startCluster(home, { signal: new AbortController().signal, onProblem: () => {} });
  onTestFinished(() => cluster.stop());
  return cluster;
}

interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: { readonly error_code?: string; readonly message?: string };
}

/** What MLflow's client does: the same request again while the answer is one that it retries. */
async function insist(
  url: string,
  path: string,
  body: unknown,
  onRefusal: (refusal: Refusal) => void,
): Promise<unknown> {
  for (;;) {
    const answer = await send(url, path, body);
    if (answer.ok) return answer.json();
    const refusal = {
      status: answer.status,
      retryAfter: answer.headers.get("retry-after"),
      body: (await answer.json()) as Refusal["body"],
    };
    onRefusal(refusal);
    if (![429, 500, 502, 503, 504].includes(answer.status)) throw new Error(JSON.stringify(refusal));
  }
}

async function createRun(url: string): Promise<string> {
  const { run } = (await (await send(url, "runs/create", { experiment_id: "0" })).json()) as {
    run: { info: { run_id: string } };
  };
  return run.info.run_id;
}

async function stepsOf(url: string, runId: string): Promise<readonly number[]> {
  const answer = await fetch(`${url}/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=loss`);
  const { metrics } = (await answer.json()) as { metrics: readonly { step: number | string }[] };
  return metrics.map(({ step }) => Number(step));
}

const point = (runId: string, step: number) => ({
  run_id: runId,
  key: "loss",
  value: 1 / (step + 1),
  timestamp: 1_700_000_000_000 + step,
  step,
});

describe("Postgres goes away while a client logs", () => {
  test("requests are refused with 503, a time to come back and plain words; nothing is lost or doubled", async () => {
    const folder = temporaryFolder();
    const databaseHome = join(folder, "database");
    const before = await startDatabase(databaseHome);
    const cli = await startCli(join(folder, "runweir"), { env: { RUNWEIR_DATABASE_URL: before.url } });
    const runId = await createRun(cli.url);

    const refusals: Refusal[] = [];
    let after: Promise<Cluster> | undefined;
    for (let step = 0; step < 60; step++) {
      if (step === 20) await before.stop();
      await insist(cli.url, "runs/log-metric", point(runId, step), (refusal) => {
        refusals.push(refusal);
        // The first refusal proves that it is away; now it comes back.
        after ??= startDatabase(databaseHome);
      });
    }
    await after;
    expect(refusals.length).toBeGreaterThan(0);
    for (const { status, retryAfter, body } of refusals) {
      expect(status).toBe(503);
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(body.error_code).toBe("TEMPORARILY_UNAVAILABLE");
      expect(body.message).toMatch(/database/i);
    }
    expect(await stepsOf(cli.url, runId)).toEqual(Array.from({ length: 60 }, (_, step) => step));
  });

  test("while it is away the server lives, says so when asked whether it is ready, and is ready again by itself", async () => {
    const folder = temporaryFolder();
    const databaseHome = join(folder, "database");
    const before = await startDatabase(databaseHome);
    const cli = await startCli(join(folder, "runweir"), { env: { RUNWEIR_DATABASE_URL: before.url } });
    await before.stop();

    const ready = await fetch(`${cli.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      ready: false,
      problems: [expect.stringMatching(/^The database does not answer: /)],
    });
    expect((await fetch(`${cli.url}/health`)).status).toBe(200);
    const search = await send(cli.url, "runs/search", { experiment_ids: ["0"] });
    expect([search.status, search.headers.get("retry-after")]).toEqual([503, "1"]);
    const page = await fetch(
      `${cli.url}/trpc/tracking/experiments.get?input=${encodeURIComponent('{"experimentId":"0"}')}`,
    );
    expect(page.status).toBe(503);

    await startDatabase(databaseHome);
    expect((await fetch(`${cli.url}/health/ready`)).status).toBe(200);
    expect((await send(cli.url, "runs/search", { experiment_ids: ["0"] })).status).toBe(200);
  });

  test("our own Postgres, killed, is started again under a client that hardly notices", async () => {
    const folder = temporaryFolder();
    const cli = await startCli(folder);
    const runId = await createRun(cli.url);
    for (let step = 0; step < 60; step++) {
      if (step === 20) {
        const [pid] = readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n");
        process.kill(Number(pid), "SIGKILL");
      }
      await insist(cli.url, "runs/log-metric", point(runId, step), () => {});
    }
    await cli.says(/Postgres ended by itself: .* It is started again\./);
    expect(await stepsOf(cli.url, runId)).toEqual(Array.from({ length: 60 }, (_, step) => step));
  });
});
