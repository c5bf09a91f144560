import type { Queryable } from "@runweir/postgres";
import { type Change, promptTag } from "@runweir/registry-domain";

interface ModelEvent {
  readonly kind: string;
  readonly subject?: Readonly<Record<string, unknown>>;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What the subject says besides when the model `m` is a prompt. */
export const promptSubject = `CASE WHEN EXISTS (
  SELECT FROM registry.model_tag t WHERE t.model_no = m.model_no AND t.key = '${promptTag}' AND lower(t.value) = 'true'
) THEN '{"prompt": true}'::jsonb ELSE '{}'::jsonb END`;

/** Tells others what happened to a model, in the transaction of the change, whose row lock is held. */
export async function recordModelEvent(
  client: Queryable,
  modelNo: number,
  { actor, now }: Change,
  { kind, subject = {}, before, after }: ModelEvent,
): Promise<void> {
  await client.query(
    `INSERT INTO outbox.event (workspace, time, kind, actor_id, actor_name, model, subject, before, after)
     SELECT m.workspace, $2, $3, $4, $5, m.name, $6::jsonb || ${promptSubject}, $7::jsonb, $8::jsonb
     FROM registry.model m WHERE m.model_no = $1`,
    [modelNo, now, kind, actor.id, actor.name, JSON.stringify(subject), toJson(before), toJson(after)],
  );
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
