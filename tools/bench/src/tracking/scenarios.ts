import type { Call } from "../drive-load.ts";
import { createRun, type FilledServer, historyPoint } from "./fill-data.ts";

export interface Scenario {
  readonly name: string;
  /** How many times MLflow's throughput we aim at. */
  readonly aim: number;
  readonly connections: number;
  /** Makes what the calls need (outside the measured time) and returns the source of calls. */
  readonly prepare: (server: FilledServer) => Promise<() => Call>;
}

const post = (path: string, body: unknown): Call => ({
  method: "POST",
  path: `/api/2.0/mlflow/${path}`,
  body: JSON.stringify(body),
});
const time = 1_790_000_000_000;

/** Runs that the calls of a scenario write to in turn, so that a single row is not the bottleneck. */
async function inTurn(
  server: FilledServer,
  count: number,
  call: (runId: string, n: number) => Call,
): Promise<() => Call> {
  const runs = await Promise.all(
    Array.from({ length: count }, () => createRun(server.url, server.writeExperiment)),
  );
  let n = 0;
  return () => {
    n++;
    return call(runs[n % runs.length] ?? "", n);
  };
}

const batch = (size: number, keys: number) => (runId: string, n: number) =>
  post("runs/log-batch", {
    run_id: runId,
    metrics: Array.from({ length: size }, (_, i) => ({
      key: `m${i % keys}`,
      value: Math.sin(n * size + i),
      timestamp: time + n * size + i,
      step: Math.floor((n * size + i) / keys),
    })),
  });

const search = (body: Record<string, unknown>) => async (server: FilledServer) => () =>
  post("runs/search", { experiment_ids: [server.searchExperiment], ...body });

export const scenarios: readonly Scenario[] = [
  {
    name: "runs/create",
    aim: 10,
    connections: 8,
    prepare: async (server) => () =>
      post("runs/create", { experiment_id: server.writeExperiment, start_time: time, user_id: "bench" }),
  },
  {
    name: "log-metric",
    aim: 10,
    connections: 8,
    prepare: (server) =>
      inTurn(server, 8, (run_id, n) =>
        post("runs/log-metric", { run_id, key: "loss", value: Math.sin(n), timestamp: time + n, step: n }),
      ),
  },
  {
    name: "log-batch, 10 metrics",
    aim: 10,
    connections: 8,
    prepare: (server) => inTurn(server, 8, batch(10, 10)),
  },
  {
    name: "log-batch, 1,000 metrics of 10 keys",
    aim: 20,
    connections: 8,
    prepare: (server) => inTurn(server, 8, batch(1_000, 10)),
  },
  {
    name: "log-batch, 1,000 metrics of 1,000 keys",
    aim: 20,
    connections: 8,
    prepare: (server) => inTurn(server, 8, batch(1_000, 1_000)),
  },
  { name: "search 100 of 10,000 runs", aim: 10, connections: 4, prepare: search({ max_results: 100 }) },
  { name: "search 1,000 of 10,000 runs", aim: 10, connections: 2, prepare: search({ max_results: 1_000 }) },
  {
    name: "search 100, filtered by metric and param",
    aim: 10,
    connections: 4,
    prepare: search({ max_results: 100, filter: "metrics.metric_1 > 0.5 and params.param_2 = '5'" }),
  },
  {
    name: "search 100, ordered by a metric",
    aim: 10,
    connections: 4,
    prepare: search({ max_results: 100, order_by: ["metrics.metric_3 DESC"] }),
  },
  {
    name: "history, 25,000 of 200,000 points",
    aim: 10,
    connections: 2,
    prepare: async (server) => () => ({
      method: "GET",
      path: `/api/2.0/mlflow/metrics/get-history?run_id=${server.historyRun}&metric_key=loss&max_results=25000`,
    }),
  },
  {
    name: "bulk interval, 320 of 200,000 points",
    aim: 50,
    connections: 2,
    prepare: async (server) => () => ({
      method: "GET",
      path: `/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=${server.historyRun}&metric_key=loss&max_results=320`,
    }),
  },
  {
    name: "log-batch, 1,000 metrics, one repeated, on 200,000 points",
    aim: 10,
    connections: 2,
    prepare: async (server) => {
      let n = 0;
      return () => {
        n++;
        const metrics = Array.from({ length: 999 }, (_, i) => historyPoint(10_000_000 + n * 1_000 + i));
        return post("runs/log-batch", {
          run_id: server.historyRun,
          metrics: [...metrics, historyPoint(n % 1_000)],
        });
      };
    },
  },
];
