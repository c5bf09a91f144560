import { nextToken, type OrderTerm } from "./keyset.ts";

export interface RowPage<Row> {
  readonly items: readonly Row[];
  readonly nextPageToken?: string;
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
