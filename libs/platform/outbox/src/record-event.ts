import type { Queryable } from "@runweir/postgres";
import type { OutboxEvent } from "./event.ts";

/** Writes an event in the transaction of the change it tells of: both are there, or neither. */
export function recordEvent(transaction: Queryable, event: OutboxEvent): Promise<void> {
  return recordEvents(transaction, [event]);
}

/** Many at once, in their order; of what one statement changes in bulk, some thousands at a time. */
export async function recordEvents(transaction: Queryable, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  await transaction.query({
    name: "outbox-record",
    text: `INSERT INTO outbox.event (workspace, time, kind, actor_id, actor_name, model, subject, before, after)
      SELECT e.workspace, e.time, e.kind, e.actor_id, e.actor_name, e.model, e.subject, e.before, e.after
      FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[],
        $9::jsonb[])
        WITH ORDINALITY AS e (workspace, time, kind, actor_id, actor_name, model, subject, before, after, number)
      ORDER BY e.number`,
    values: [
      events.map((event) => event.workspace),
      events.map((event) => event.time),
      events.map((event) => event.kind),
      events.map((event) => event.actor.id),
      events.map((event) => event.actor.name),
      events.map((event) => event.model ?? null),
      events.map((event) => JSON.stringify(event.subject)),
      events.map((event) => toJson(event.before)),
      events.map((event) => toJson(event.after)),
    ],
  });
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
