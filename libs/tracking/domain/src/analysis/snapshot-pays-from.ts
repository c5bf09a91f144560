import type { RunQuery } from "../query.ts";
import type { RunTableRequest } from "./run-table.ts";

/*
 * From how many runs of its experiments on a question is answered sooner by a snapshot. Medians in milliseconds (Postgres /
 * snapshot) of runs with 20 metrics and 20 params, on 2 cores, by `npm run bench -- ways`:
 *
 *     runs                               2,000     5,000    10,000    20,000    50,000
 *     100 runs by a metric               13/26     18/28     23/32    186/30    196/41
 *     100 newest where two fields ...     7/28      7/32      7/32      7/33      7/46
 *     count where two fields ...          8/19     25/22     32/28     58/32    196/40
 *     table of all, 0 columns             3/18      6/27     13/39     36/67    80/139
 *     table of all, 4 columns            18/36     45/51     86/67   183/119   569/238
 *     table of all, 40 columns          137/93   350/158   680/245  1448/476  3583/984
 *     table of 100, 40 columns           11/60     14/58     16/46     30/48     52/57
 */

/** Counting, or reading all runs to order them. */
const counted = 10_000;
const ordered = 20_000;
/** The newest are the beginning of an index. If hardly any fits the expression, all are read like for counting. */
const newestWhere = 50_000;
/** Values in a table, each of which Postgres looks up. */
const cells = 60_000;
/** Larger pages are mostly details, which the store reads anyway. */
const pageMax = 1_000;

const never = Number.POSITIVE_INFINITY;

export function searchPaysFrom({
  where,
  orderBy,
  limit,
}: Pick<RunQuery, "where" | "orderBy" | "limit">): number {
  if (limit > pageMax) return never;
  const [first] = orderBy;
  const isNewestFirst =
    !first || (first.field.entity === "attribute" && first.field.key === "start_time" && !first.ascending);
  if (!isNewestFirst) return ordered;
  return where ? newestWhere : never;
}

export function countPaysFrom({ where }: Pick<RunQuery, "where">): number {
  return where ? counted : never;
}

/** It says how many runs there are, so with an expression all are read however few are in it. */
export function tablePaysFrom({ where, columns, limit }: RunTableRequest): number {
  const byCells = limit * columns.length < cells ? never : Math.ceil(cells / columns.length);
  return Math.min(byCells, countPaysFrom({ where }));
}
