import { keys } from "./write-files.ts";

export interface Question {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** What dashboards ask of summaries; each number gives another one. */
export function summaryQuestion(number: number, experiments: number): Question {
  const key = `metric_${number % keys}`;
  switch (number % 3) {
    case 0:
      return {
        sql: `SELECT r.run_no, r.run_name, r.status, m.last, m.min FROM metric_summary m JOIN runs r USING (run_no)
          WHERE m.experiment_id = $1 AND m.key = $2 AND m.last > $3 ORDER BY m.min LIMIT 50`,
        params: [number % experiments, key, number / 1e9],
      };
    case 1:
      return {
        sql: "SELECT experiment_id, key, median(last), count(*) FROM metric_summary WHERE last > $1 GROUP BY ALL ORDER BY ALL",
        params: [number / 1e9],
      };
    default:
      return {
        sql: `SELECT params['lr'] AS lr, avg(m.last), count(*) FROM runs r JOIN metric_summary m USING (run_no)
          WHERE m.key = $1 AND m.last > $2 GROUP BY lr ORDER BY lr`,
        params: [key, number / 1e9],
      };
  }
}

/** A chart of 100 series in 100 buckets each. */
export function chartQuestion(number: number, experiments: number): Question {
  return {
    sql: `SELECT run_no, step // 5 AS bucket, min(value), max(value), arg_max(value, step) FROM metric_points
      WHERE experiment_id = $1 AND key = $2 AND step >= $3 GROUP BY ALL ORDER BY ALL`,
    params: [number % experiments, `metric_${number % keys}`, number % 3],
  };
}

export const aggregateSql =
  "SELECT key, avg(value), stddev(value), quantile_cont(value, 0.9), count(DISTINCT run_no) FROM metric_points GROUP BY key ORDER BY key";
