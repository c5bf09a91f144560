import { callApi, createRuns } from "../ingest/start-system.ts";
import { oneStep, sendColumns, stretch } from "./point-columns.ts";

/** A way of logging that people complain of elsewhere. */
export interface Shape {
  readonly name: string;
  /** Logs it, and says which run's page is to be looked at and how many points there are. */
  fill(url: string): Promise<{ readonly runId: string; readonly points: number }>;
}

export const shapes: readonly Shape[] = [
  {
    name: "100,000 metrics in one run, logged in each of 5 steps",
    async fill(url) {
      const runId = await oneRun(url);
      const keys = Array.from(
        { length: 100_000 },
        (_, i) => `layer.${i % 1_000}/unit.${Math.floor(i / 1_000)}`,
      );
      for (let step = 0; step < 5; step += 1)
        for (let from = 0; from < keys.length; from += 20_000)
          await sendColumns(url, oneStep(runId, keys.slice(from, from + 20_000), step));
      return { runId, points: keys.length * 5 };
    },
  },
  {
    name: "79 runs of 2,261 metrics of 50 values",
    async fill(url) {
      const runIds = await createRuns(url, 79);
      const keys = Array.from({ length: 2_261 }, (_, i) => `eval/task-${i}/score`);
      await inTurns(runIds, 8, async (runId) => {
        for (let step = 0; step < 50; step += 1) await sendColumns(url, oneStep(runId, keys, step));
      });
      return { runId: runIds[0] as string, points: 79 * 2_261 * 50 };
    },
  },
  {
    name: "1,500 runs writing at once, 20 batches of 10 metrics each",
    async fill(url) {
      const runIds = await createRuns(url, 1_500);
      const keys = Array.from({ length: 10 }, (_, i) => `metric-${i}`);
      await Promise.all(
        runIds.map(async (runId) => {
          for (let step = 0; step < 20; step += 1) {
            await callApi(url, "POST", "runs/log-batch", {
              run_id: runId,
              metrics: keys.map((key, i) => ({ key, value: i + step / 7, timestamp: step, step })),
            });
          }
        }),
      );
      return { runId: runIds[0] as string, points: 1_500 * 20 * 10 };
    },
  },
  {
    name: "one run of 10 million points in one metric",
    async fill(url) {
      const runId = await oneRun(url);
      for (let from = 0; from < 10_000_000; from += 100_000)
        await sendColumns(url, stretch(runId, "loss", from, 100_000));
      return { runId, points: 10_000_000 };
    },
  },
  {
    name: "2 million points of 10 metrics, backwards and with every tenth batch late",
    async fill(url) {
      const runId = await oneRun(url);
      const starts = Array.from({ length: 20 }, (_, i) => (19 - i) * 10_000);
      const late = starts.filter((_, i) => i % 10 === 0);
      const order = [...starts.filter((_, i) => i % 10 !== 0), ...late];
      for (const from of order)
        await inTurns(
          Array.from({ length: 10 }, (_, i) => `loss-${i}`),
          4,
          (key) => sendColumns(url, stretch(runId, key, from, 10_000)),
        );
      return { runId, points: 2_000_000 };
    },
  },
];

async function oneRun(url: string): Promise<string> {
  return (await createRuns(url, 1))[0] as string;
}

/** Works on at most `many` things at once. */
async function inTurns<T>(
  things: readonly T[],
  many: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const queue = [...things];
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (let thing = queue.shift(); thing !== undefined; thing = queue.shift()) await work(thing);
    }),
  );
}
