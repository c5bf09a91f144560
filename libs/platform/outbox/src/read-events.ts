import type { Database, Queryable } from "@runweir/postgres";
import type { StoredEvent } from "./event.ts";
import { arePlaced, placeEvents } from "./place-events.ts";

/** Does something with events, in the transaction that moves the reader past them: both happen, or neither. */
export type HandleEvents = (transaction: Queryable, events: readonly StoredEvent[]) => Promise<void>;

interface EventRow {
  readonly place: number;
  readonly workspace: string;
  readonly time: number;
  readonly kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly model: string | null;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly before: unknown;
  readonly after: unknown;
}

/** A reader that nobody knows yet begins with what is committed from now on. */
export async function addReader(database: Database, reader: string): Promise<void> {
  while (!(await arePlaced(database))) await placeEvents(database);
  await database.query(
    `INSERT INTO outbox.reader (name, place) SELECT $1, last_place FROM outbox.line ON CONFLICT (name) DO NOTHING`,
    [reader],
  );
}

/**
 * Hands the reader's next events to `handle`; how many there were. None, too, while another process reads under the same
 * name: it has them.
 */
export async function readEvents(
  database: Database,
  reader: string,
  { handle, limit }: { readonly handle: HandleEvents; readonly limit: number },
): Promise<number> {
  if (!(await arePlaced(database))) await placeEvents(database);
  return database.transaction(async (transaction) => {
    const { rows: held } = await transaction.query<{ place: number }>(
      "SELECT place FROM outbox.reader WHERE name = $1 FOR UPDATE SKIP LOCKED",
      [reader],
    );
    const [position] = held;
    if (position === undefined) return 0;
    const { rows } = await transaction.query<EventRow>({
      name: "outbox-read",
      text: `SELECT place, workspace, time, kind, actor_id, actor_name, model, subject, before, after
        FROM outbox.event WHERE place > $1 ORDER BY place LIMIT $2`,
      values: [position.place, limit],
    });
    const last = rows.at(-1);
    if (last === undefined) return 0;
    await handle(transaction, rows.map(toEvent));
    await transaction.query("UPDATE outbox.reader SET place = $2 WHERE name = $1", [reader, last.place]);
    return rows.length;
  });
}

function toEvent(row: EventRow): StoredEvent {
  const { place, workspace, time, kind, subject } = row;
  return {
    place,
    workspace,
    time,
    kind,
    actor: { id: row.actor_id, name: row.actor_name },
    model: row.model ?? undefined,
    subject,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
  };
}
