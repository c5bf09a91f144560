/** Series of more points get a rollup. */
export const rollupAbove = 5_000;
const bucketsMax = 1_000;

const series = "experiment_id, run_no, run_id, key";

/** The one order of points: step, then time, then value, NaN below all numbers. */
function placeOf(step: string, ts: string, value: string): string {
  return `struct_pack(step := ${step}, ts := ${ts}, number := NOT isnan(${value}), value := ${value})`;
}

/*
 * A piece says of some points of a series what can be put together with what another piece says of others: `head` and
 * `tail` are its first and last point, `least` and `most` its extremes with their steps.
 */

/** Pieces of points: one per series, or one per point where they are still to be divided. */
export function printPointPieces(points: string, each = false): string {
  const place = placeOf("step", "ts", "value");
  const number = "FILTER (NOT isnan(value))";
  return `SELECT ${series}, count(*) AS n, count(*) FILTER (isnan(value)) AS n_nan,
      count(*) FILTER (isinf(value)) AS n_infinite, sum(value) ${number} AS sum,
      min(value) ${number} AS min, max(value) ${number} AS max, min(${place}) AS head, max(${place}) AS tail,
      min(struct_pack(value := value, step := step)) ${number} AS least,
      min(struct_pack(value := -value, step := step)) ${number} AS most
    ${points.startsWith("FROM") ? points : `FROM (${points})`} GROUP BY ${series}${each ? ", step, ts" : ""}`;
}

export function printSummaryPieces(rows: string): string {
  return `SELECT ${series}, n, n_nan, n_infinite, sum, min, max,
      ${placeOf("first_step", "first_ts", "first")} AS head, ${placeOf("last_step", "last_ts", "last")} AS tail,
      CASE WHEN min IS NOT NULL THEN struct_pack(value := min, step := step_at_min) END AS least,
      CASE WHEN max IS NOT NULL THEN struct_pack(value := -max, step := step_at_max) END AS most
    ${rows}`;
}

export function printRollupPieces(rows: string): string {
  return `SELECT ${series}, n, n_nan, n_infinite, sum, min, max,
      ${placeOf("step_from", "first_ts", "first")} AS head, ${placeOf("step_to", "last_ts", "last")} AS tail
    FROM (${rows})`;
}

const together = `sum(n)::BIGINT AS n, sum(n_nan)::BIGINT AS n_nan, sum(n_infinite)::BIGINT AS n_infinite, sum(sum) AS sum,
  min(min) AS min, max(max) AS max, min(head) AS head, max(tail) AS tail`;

export function printMergedSummary(pieces: string): string {
  return `SELECT * EXCLUDE (head, tail, least, most), sum / nullif(n - n_nan, 0) AS mean,
      least.step AS step_at_min, most.step AS step_at_max,
      head.value AS first, head.step AS first_step, head.ts AS first_ts,
      tail.value AS last, tail.step AS last_step, tail.ts AS last_ts
    FROM (SELECT ${series}, ${together}, min(least) AS least, min(most) AS most FROM (${pieces}) GROUP BY ${series})`;
}

/**
 * Puts pieces into the buckets of their series: the width is the least power of two of steps with which all points fall
 * into so many buckets. Narrower buckets of before lie wholly within the wider ones of now.
 */
export function printRollup(pieces: string, summaries: string): string {
  return `SELECT * EXCLUDE (head, tail, bucket), head.value AS first, head.step AS step_from, head.ts AS first_ts,
      tail.value AS last, tail.step AS step_to, tail.ts AS last_ts
    FROM (
      SELECT ${series}, floor(p.head.step::DOUBLE / w.width) AS bucket, ${together}
      FROM (${pieces}) p
      JOIN (
        SELECT run_no, key,
          pow(2, greatest(0, ceil(log2((last_step::DOUBLE - first_step + 1) / ${bucketsMax - 1})))) AS width
        FROM ${summaries} WHERE n > ${rollupAbove}
      ) w USING (run_no, key)
      GROUP BY ${series}, bucket
    )`;
}
