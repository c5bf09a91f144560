import { kafkaMissing } from "@runweir/kafka-broker/testing";
import { expect, test } from "vitest";
import { type CliProcess, send, startCli, temporaryFolder } from "../testing/run-cli.ts";

type Running = CliProcess & { readonly url: string };

function startWithKafka(home: string): Promise<Running> {
  return startCli(home, { args: ["--kafka"] });
}

async function logSteps({ url }: Running, runId: string, from: number, to: number): Promise<void> {
  for (let step = from; step < to; step += 1) {
    const metric = { run_id: runId, key: "loss", value: 1, timestamp: step, step };
    expect((await send(url, "runs/log-metric", metric)).status).toBe(200);
  }
}

async function countSteps({ url }: Running, runId: string): Promise<number> {
  const path = `metrics/get-history?run_id=${runId}&metric_key=loss&max_results=100`;
  const answer = await fetch(`${url}/api/2.0/mlflow/${path}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { metrics?: unknown[] }).metrics?.length ?? 0;
}

test.skipIf(kafkaMissing)(
  "--kafka brings a broker and the ingest service along; killed and started again, nothing acknowledged is gone",
  async () => {
    const home = temporaryFolder();
    const first = await startWithKafka(home);
    const created = await send(first.url, "runs/create", { experiment_id: "0" });
    const { run } = (await created.json()) as { run: { info: { run_id: string } } };
    const runId = run.info.run_id;
    await logSteps(first, runId, 0, 20);
    expect(await countSteps(first, runId)).toBe(20);
    first.child.kill("SIGKILL");
    await first.ended;

    const second = await startWithKafka(home);
    expect(await countSteps(second, runId)).toBe(20);
    await logSteps(second, runId, 20, 25);
    expect(await countSteps(second, runId)).toBe(25);
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  },
);
