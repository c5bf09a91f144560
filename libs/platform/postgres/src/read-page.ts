import type { Database } from "./database.ts";
import {
  nextToken,
  type OrderTerm,
  parseToken,
  printAfter,
  printOrder,
  printOrderColumns,
} from "./keyset.ts";
import type { StatementValues } from "./statement-values.ts";

interface RowPage<Row> {
  readonly items: readonly Row[];
  readonly nextPageToken?: string;
}

/** One page of a search: rows in this order, after the row that the token names. */
export async function readPage<Row extends object>(
  database: Pick<Database, "query">,
  search: {
    readonly columns: string;
    readonly tables: string;
    readonly conditions: readonly string[];
    readonly terms: readonly OrderTerm[];
    readonly values: StatementValues;
    readonly limit: number;
    readonly pageToken?: string | undefined;
  },
): Promise<RowPage<Row>> {
  const { terms, values, limit, pageToken } = search;
  const conditions = [
    ...search.conditions,
    ...(pageToken ? [printAfter(terms, parseToken(terms, pageToken), values)] : []),
  ];
  const rows = await database.query<Row>(
    `SELECT ${search.columns}, ${printOrderColumns(terms)} FROM ${search.tables}
     WHERE ${conditions.join(" AND ")} ORDER BY ${printOrder(terms)} LIMIT ${values.add(limit + 1)}`,
    values.list,
  );
  return cutPage(terms, rows, limit);
}

/** The page, when one row more than it holds was asked for: that row says that there is another page. */
export function cutPage<Row extends object>(
  terms: readonly OrderTerm[],
  rows: readonly Row[],
  limit: number,
): RowPage<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last
    ? { items, nextPageToken: nextToken(terms, last as Readonly<Record<string, unknown>>) }
    : { items };
}
