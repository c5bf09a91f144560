import {
  cutPage,
  type OrderTerm,
  parseToken,
  printAfter,
  printOrder,
  printOrderColumns,
  type RowPage,
} from "@runweir/sql";
import type { Database } from "./database.ts";
import type { StatementValues } from "./statement-values.ts";

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
