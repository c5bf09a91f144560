import type { Queryable } from "@runweir/postgres";
import type { Change } from "@runweir/registry-domain";

/** A change as it is being written: its number, and its time. */
export interface OpenChange {
  readonly no: number;
  readonly now: number;
  /** Nobody is told of what an import brings: it happened elsewhere, some time ago. */
  readonly isSilent?: boolean;
}

/**
 * Only with the row locks of all models that it is about: a model's changes are numbered in the order in which they happen
 * then.
 */
export async function recordChange(
  client: Queryable,
  workspace: string,
  { actor, now, reason, requestId }: Change,
): Promise<OpenChange> {
  const { rows } = await client.query<{ change_no: number }>(
    `INSERT INTO registry.change (workspace, time, actor_id, actor_name, reason, request_id)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING change_no`,
    [workspace, now, actor.id, actor.name, reason ?? null, requestId ?? null],
  );
  return { no: rows[0]?.change_no ?? 0, now };
}
