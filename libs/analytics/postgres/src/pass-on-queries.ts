import type { Queryable } from "@runweir/postgres";

interface Owner {
  readonly kind: string;
  readonly id: string;
}

/** Gives one owner's saved queries and their history to another who has none; resolves with how many queries there were. */
export async function passOnQueries(
  client: Queryable,
  from: Owner,
  to: Owner & { readonly name: string },
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE analytics.saved_query SET owner_kind = $3, owner_id = $4, owner_name = $5
     WHERE owner_kind = $1 AND owner_id = $2`,
    [from.kind, from.id, to.kind, to.id, to.name],
  );
  await client.query(
    `UPDATE analytics.query_history SET owner_kind = $3, owner_id = $4 WHERE owner_kind = $1 AND owner_id = $2`,
    [from.kind, from.id, to.kind, to.id],
  );
  return rowCount ?? 0;
}

export async function countQueriesOf(client: Queryable, { kind, id }: Owner): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM analytics.saved_query WHERE owner_kind = $1 AND owner_id = $2",
    [kind, id],
  );
  return rows[0]?.count ?? 0;
}
