import type { Database } from "@runweir/postgres";

const placedAtOnce = 5_000;

/**
 * Puts what has been committed since at the end of the line, in the order in which it was written; whether there may be
 * more. Waits for whoever else is placing, so that afterwards everything committed before the call has its place.
 */
export function placeEvents(database: Pick<Database, "transaction">): Promise<boolean> {
  return database.transaction(async (transaction) => {
    // A statement of its own: the next one has to see what was placed while this one waited.
    await transaction.query("SELECT FROM outbox.line FOR UPDATE");
    const { rows } = await transaction.query<{ placed: number }>({
      name: "outbox-place",
      text: `WITH waiting AS (
          SELECT id, row_number() OVER (ORDER BY id) AS number
          FROM (SELECT id FROM outbox.event WHERE place IS NULL ORDER BY id LIMIT $1) waits
        ), placed AS (
          UPDATE outbox.event e SET place = line.last_place + w.number
          FROM waiting w, outbox.line line WHERE e.id = w.id RETURNING 1
        ), moved AS (
          UPDATE outbox.line SET last_place = last_place + (SELECT count(*) FROM waiting)
        )
        SELECT count(*) AS placed FROM placed`,
      values: [placedAtOnce],
    });
    return rows[0]?.placed === placedAtOnce;
  });
}

/** Spares the lock where nothing waits. */
export async function arePlaced(database: Pick<Database, "query">): Promise<boolean> {
  const waiting = await database.query("SELECT FROM outbox.event WHERE place IS NULL LIMIT 1");
  return waiting.length === 0;
}
