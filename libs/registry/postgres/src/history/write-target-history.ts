import type { Queryable } from "@runweir/postgres";
import { promptSubject } from "../events/record-model-event.ts";
import type { OpenChange } from "./record-change.ts";

/** Of one kind: an alias, or a stage. */
export interface PointedTarget {
  readonly modelNo: number;
  readonly target: string;
  /** `null`: at none any more. */
  readonly version: number | null;
}

/**
 * Ends what was, and begins what is, in one millisecond: later than the change says where the last one began then. Others
 * are told of aliases; of stages they are told version by version.
 */
export async function writeTargetHistory(
  client: Queryable,
  { no, now, isSilent }: OpenChange,
  kind: "alias" | "stage",
  targets: readonly PointedTarget[],
): Promise<void> {
  if (targets.length === 0) return;
  await client.query(
    `WITH wanted AS (
       SELECT * FROM unnest($4::bigint[], $5::text[], $6::int[]) AS w (model_no, target, version)
     ), ended AS (
       UPDATE registry.target_history h SET valid_to = greatest($2, h.valid_from + 1) FROM wanted w
       WHERE h.model_no = w.model_no AND h.kind = $3 AND h.target = w.target AND h.valid_to IS NULL
       RETURNING h.model_no, h.target, h.version, h.valid_to
     ), begun AS (
       INSERT INTO registry.target_history (model_no, kind, target, valid_from, version, previous_version, change_no)
       SELECT w.model_no, $3, w.target, coalesce(e.valid_to, $2), w.version, e.version, $1
       FROM wanted w LEFT JOIN ended e USING (model_no, target)
       RETURNING model_no, kind, target, version, previous_version
     )
     INSERT INTO outbox.event (workspace, time, kind, actor_id, actor_name, model, subject, before, after)
     SELECT c.workspace, c.time, 'model_alias.moved', c.actor_id, c.actor_name, m.name,
       jsonb_build_object('alias', b.target) || ${promptSubject},
       CASE WHEN b.previous_version IS NOT NULL THEN jsonb_build_object('version', b.previous_version::text) END,
       CASE WHEN b.version IS NOT NULL THEN jsonb_build_object('version', b.version::text) END
     FROM begun b JOIN registry.model m USING (model_no) JOIN registry.change c ON c.change_no = $1
     WHERE b.kind = 'alias' AND NOT $7::boolean`,
    [
      no,
      now,
      kind,
      targets.map((one) => one.modelNo),
      targets.map((one) => one.target),
      targets.map((one) => one.version),
      isSilent ?? false,
    ],
  );
}
