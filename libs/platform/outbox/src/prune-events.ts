import type { Database } from "@runweir/postgres";

const piece = 5_000;

/**
 * Forgets events that are older than `before` (milliseconds) and that every reader has had, in pieces; how many. A reader
 * that has gone for good holds everything up: `removeReader`.
 */
export async function pruneEvents(
  database: Pick<Database, "query">,
  { before, signal }: { readonly before: number; readonly signal?: AbortSignal },
): Promise<number> {
  for (let pruned = 0; ; ) {
    const rows = await database.query(
      `DELETE FROM outbox.event WHERE id IN (
         SELECT id FROM outbox.event
         WHERE place <= coalesce((SELECT min(place) FROM outbox.reader), (SELECT last_place FROM outbox.line))
           AND time < $1
         ORDER BY place LIMIT ${piece} FOR UPDATE SKIP LOCKED)
       RETURNING 1`,
      [before],
    );
    pruned += rows.length;
    if (rows.length < piece || signal?.aborted) return pruned;
  }
}
