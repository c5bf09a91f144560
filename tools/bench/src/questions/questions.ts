import { median } from "../tracking/report-ratios.ts";
import { type Filled, shape } from "./question-data.ts";

/** One question, asked of each server in the way its users have; both answers must be the same numbers. */
export interface Question {
  readonly name: string;
  ofRunweir(server: Filled, round: number): Promise<readonly number[]>;
  ofMlflow(server: Filled): Promise<readonly number[]>;
}

const connections = 8;

export const questions: readonly Question[] = [
  {
    name: "the 50 runs of an experiment with the lowest last value",
    ofRunweir: ({ url, experimentIds }, round) =>
      askSql(
        url,
        `SELECT last FROM metric_summary WHERE experiment_id = $1 AND key = 'metric_3' ORDER BY last LIMIT 50 -- ${round}`,
        [Number(experimentIds[0])],
      ),
    async ofMlflow(server) {
      const runs = await searchRuns(server, server.experimentIds.slice(0, 1), {
        order_by: ["metrics.metric_3 ASC"],
        max_results: 50,
      });
      return runs.map((run) => lastOf(run, "metric_3"));
    },
  },
  {
    name: `the median last value of each metric over ${shape.experiments * shape.runs} runs`,
    ofRunweir: ({ url }, round) =>
      askSql(url, `SELECT median(last) FROM metric_summary GROUP BY key ORDER BY key -- ${round}`, []),
    async ofMlflow(server) {
      const runs = await searchRuns(server, server.experimentIds, { max_results: 50_000 });
      return Array.from({ length: shape.keys }, (_, k) =>
        median(runs.map((run) => lastOf(run, `metric_${k}`))),
      );
    },
  },
  {
    name: "the mean last value by a param over all runs",
    ofRunweir: ({ url }, round) =>
      askSql(
        url,
        `SELECT fsum(last) / count(*) FROM metric_summary m JOIN params p USING (run_no)
         WHERE m.key = 'metric_0' AND p.key = 'depth' GROUP BY p.value ORDER BY p.value -- ${round}`,
        [],
      ),
    async ofMlflow(server) {
      const runs = await searchRuns(server, server.experimentIds, { max_results: 50_000 });
      return [0, 1, 2, 3, 4].map((depth) =>
        mean(
          runs.filter((run) => paramOf(run, "depth") === String(depth)).map((run) => lastOf(run, "metric_0")),
        ),
      );
    },
  },
  {
    name: "the 10 runs of an experiment whose metric ever was lowest",
    ofRunweir: ({ url, experimentIds }, round) =>
      askSql(
        url,
        `SELECT min FROM metric_summary WHERE experiment_id = $1 AND key = 'metric_7' ORDER BY min LIMIT 10 -- ${round}`,
        [Number(experimentIds[0])],
      ),
    async ofMlflow(server) {
      const histories = await readHistories(server, ["metric_7"]);
      return histories
        .map((values) => Math.min(...values))
        .sort((a, b) => a - b)
        .slice(0, 10);
    },
  },
  {
    name: `all points of one metric of ${shape.runs} runs`,
    ofRunweir: ({ url, experimentIds }, round) =>
      askSql(
        url,
        `SELECT value FROM metric_points WHERE experiment_id = $1 AND key = 'metric_5' ORDER BY run_no, step -- ${round}`,
        [Number(experimentIds[0])],
      ),
    ofMlflow: async (server) => (await readHistories(server, ["metric_5"])).flat(),
  },
  {
    name: `mean over all ${shape.runs * shape.keys * shape.steps} points of an experiment, by metric`,
    ofRunweir: ({ url, experimentIds }, round) =>
      askSql(
        url,
        `SELECT fsum(value) / count(*) FROM metric_points WHERE experiment_id = $1 GROUP BY key ORDER BY key -- ${round}`,
        [Number(experimentIds[0])],
      ),
    async ofMlflow(server) {
      const keys = Array.from({ length: shape.keys }, (_, k) => `metric_${k}`);
      const histories = await readHistories(server, keys);
      return keys.map((_, k) => mean(histories.filter((__, place) => place % keys.length === k).flat()));
    },
  },
];

async function askSql(url: string, sql: string, params: readonly unknown[]): Promise<readonly number[]> {
  const answer = await fetch(`${url}/api/sql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ sql, params, history: false }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const { rows } = (await answer.json()) as { readonly rows: readonly (readonly number[])[] };
  return rows.map((row) => row[0] as number);
}

interface FoundRun {
  readonly data: {
    readonly metrics: readonly { readonly key: string; readonly value: number }[];
    readonly params: readonly { readonly key: string; readonly value: string }[];
  };
}

/** MLflow's client asks page by page; so many fit in one. */
async function searchRuns(
  { url }: Filled,
  experimentIds: readonly string[],
  body: object,
): Promise<readonly FoundRun[]> {
  const answer = await fetch(`${url}/api/2.0/mlflow/runs/search`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ experiment_ids: experimentIds, ...body }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { readonly runs: readonly FoundRun[] }).runs;
}

/** Histories of every run of the first experiment and every key, several at a time. */
async function readHistories({ url, runIds }: Filled, keys: readonly string[]): Promise<readonly number[][]> {
  const wanted = runIds.flatMap((runId) => keys.map((key) => ({ runId, key })));
  const found: number[][] = [];
  let next = 0;
  const ask = async () => {
    for (let place = next++; place < wanted.length; place = next++) {
      const { runId, key } = wanted[place] as (typeof wanted)[number];
      const answer = await fetch(
        `${url}/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=${key}&max_results=25000`,
      );
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      const { metrics } = (await answer.json()) as {
        readonly metrics: readonly { readonly value: number }[];
      };
      found[place] = metrics.map(({ value }) => value);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  return found;
}

function lastOf(run: FoundRun, key: string): number {
  return run.data.metrics.find((metric) => metric.key === key)?.value ?? Number.NaN;
}

function paramOf(run: FoundRun, key: string): string | undefined {
  return run.data.params.find((param) => param.key === key)?.value;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
