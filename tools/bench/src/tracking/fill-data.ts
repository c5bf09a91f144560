import { type Call, sendJson } from "../drive-load.ts";

/** What the scenarios read: the same in every server. */
export interface FilledServer {
  readonly url: string;
  readonly searchExperiment: string;
  readonly historyRun: string;
  readonly writeExperiment: string;
}

export const metricsPerRun = 20;
export const paramsPerRun = 20;
export const tagsPerRun = 5;
export const historyPoints = 200_000;

const post = (path: string, body: unknown): Call => ({
  method: "POST",
  path: `/api/2.0/mlflow/${path}`,
  body: JSON.stringify(body),
});

/** Deterministic values in [0, 1), so that every server holds the same numbers. */
export function valueAt(run: number, index: number): number {
  const mixed = Math.imul(run * 31 + index + 1, 0x9e3779b1) >>> 0;
  return mixed / 4_294_967_296;
}

/** Fills a server through its own REST interface, as clients do, several at a time. */
export async function fillThroughRest(url: string, runs: number): Promise<FilledServer> {
  const create = async (name: string) =>
    (await sendJson<{ experiment_id: string }>(url, post("experiments/create", { name }))).experiment_id;
  const searchExperiment = await create("bench-search");
  const writeExperiment = await create("bench-write");
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < runs; index = next++) await fillRun(url, searchExperiment, index);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const historyRun = await createRun(url, writeExperiment);
  for (let start = 0; start < historyPoints; start += 1_000) {
    const metrics = Array.from({ length: 1_000 }, (_, i) => historyPoint(start + i));
    await sendJson(url, post("runs/log-batch", { run_id: historyRun, metrics }));
  }
  return { url, searchExperiment, historyRun, writeExperiment };
}

export function historyPoint(step: number) {
  return { key: "loss", value: valueAt(7, step), timestamp: 1_790_000_000_000 + step, step };
}

export async function createRun(url: string, experimentId: string): Promise<string> {
  const answer = await sendJson<{ run: { info: { run_id: string } } }>(
    url,
    post("runs/create", { experiment_id: experimentId, start_time: 1_790_000_000_000, user_id: "bench" }),
  );
  return answer.run.info.run_id;
}

async function fillRun(url: string, experimentId: string, index: number): Promise<void> {
  const runId = await createRun(url, experimentId);
  await sendJson(
    url,
    post("runs/log-batch", {
      run_id: runId,
      metrics: Array.from({ length: metricsPerRun }, (_, i) => ({
        key: `metric_${i}`,
        value: valueAt(index, i),
        timestamp: 1_790_000_000_000,
        step: 0,
      })),
      params: Array.from({ length: paramsPerRun }, (_, i) => ({
        key: `param_${i}`,
        value: String(Math.floor(valueAt(index, i) * 10)),
      })),
      tags: Array.from({ length: tagsPerRun }, (_, i) => ({
        key: `tag_${i}`,
        value: `value-${(index * 7 + i) % 50}`,
      })),
    }),
  );
}
