import type { Queryable } from "@runweir/postgres";
import { initialStage } from "@runweir/registry-domain";
import { promptSubject } from "../events/record-model-event.ts";
import type { OpenChange } from "./record-change.ts";
import { writeTargetHistory } from "./write-target-history.ts";

export interface StagedVersion {
  readonly modelNo: number;
  readonly version: number;
  readonly stage: string;
}

interface MovedRow {
  readonly model_no: number;
  readonly version: number;
  readonly before: string | null;
  readonly stage: string | null;
}

/** Moves versions into stages, those that are not there yet; their models' row locks are held. */
export async function moveStages(
  client: Queryable,
  change: OpenChange,
  versions: readonly StagedVersion[],
): Promise<void> {
  if (versions.length === 0) return;
  const { rows } = await client.query<MovedRow>(
    `UPDATE registry.model_version v SET stage = w.stage, last_update_time = $1
     FROM (
       SELECT o.model_no, o.version, o.stage AS before, w.stage
       FROM unnest($2::bigint[], $3::int[], $4::text[]) AS w (model_no, version, stage)
       JOIN registry.model_version o USING (model_no, version)
       WHERE o.deleted_time IS NULL AND o.stage <> w.stage
     ) w
     WHERE v.model_no = w.model_no AND v.version = w.version
     RETURNING v.model_no, v.version, w.before, v.stage`,
    [
      change.now,
      versions.map((one) => one.modelNo),
      versions.map((one) => one.version),
      versions.map((one) => one.stage),
    ],
  );
  await writeStageHistory(client, change, rows);
}

/** Of versions that have been moved, made (`before` is null) or deleted (`stage` is null) already. */
export async function writeStageHistory(
  client: Queryable,
  change: OpenChange,
  moved: readonly MovedRow[],
): Promise<void> {
  if (moved.length === 0) return;
  await client.query(
    `WITH wanted AS (
       SELECT * FROM unnest($3::bigint[], $4::int[], $5::text[], $6::text[]) AS w (model_no, version, before, stage)
     ), ended AS (
       UPDATE registry.stage_history h SET valid_to = greatest($2, h.valid_from + 1) FROM wanted w
       WHERE h.model_no = w.model_no AND h.version = w.version AND h.valid_to IS NULL
       RETURNING h.model_no, h.version, h.valid_to
     ), begun AS (
       INSERT INTO registry.stage_history (model_no, version, valid_from, stage, previous_stage, change_no)
       SELECT w.model_no, w.version, coalesce(e.valid_to, $2), w.stage, w.before, $1
       FROM wanted w LEFT JOIN ended e USING (model_no, version)
       RETURNING model_no, version, stage, previous_stage
     )
     INSERT INTO outbox.event (workspace, time, kind, actor_id, actor_name, model, subject, before, after)
     SELECT c.workspace, c.time, 'model_version.transitioned', c.actor_id, c.actor_name, m.name,
       jsonb_build_object('version', b.version::text) || ${promptSubject},
       jsonb_build_object('stage', b.previous_stage), jsonb_build_object('stage', b.stage)
     FROM begun b JOIN registry.model m USING (model_no) JOIN registry.change c ON c.change_no = $1
     WHERE b.stage IS NOT NULL AND b.previous_stage IS NOT NULL AND NOT $7::boolean`,
    [
      change.no,
      change.now,
      moved.map((row) => row.model_no),
      moved.map((row) => row.version),
      moved.map((row) => row.before),
      moved.map((row) => row.stage),
      change.isSilent ?? false,
    ],
  );
  await followStages(
    client,
    change,
    moved.flatMap((row) => [
      { modelNo: row.model_no, stage: row.before ?? initialStage },
      { modelNo: row.model_no, stage: row.stage ?? initialStage },
    ]),
  );
}

/** What each stage points at now, where that has changed. */
async function followStages(
  client: Queryable,
  change: OpenChange,
  touched: readonly { readonly modelNo: number; readonly stage: string }[],
): Promise<void> {
  const followed = touched.filter(({ stage }) => stage !== initialStage);
  if (followed.length === 0) return;
  const { rows } = await client.query<{ model_no: number; stage: string; version: number | null }>(
    `SELECT w.model_no, w.stage, n.version FROM (
       SELECT DISTINCT model_no, stage FROM unnest($1::bigint[], $2::text[]) AS w (model_no, stage)
     ) w
     LEFT JOIN LATERAL (
       SELECT v.version FROM registry.model_version v
       WHERE v.model_no = w.model_no AND v.stage = w.stage AND v.deleted_time IS NULL ORDER BY v.version DESC LIMIT 1
     ) n ON true
     LEFT JOIN registry.target_history h
       ON h.model_no = w.model_no AND h.kind = 'stage' AND h.target = w.stage AND h.valid_to IS NULL
     WHERE h.version IS DISTINCT FROM n.version`,
    [followed.map((one) => one.modelNo), followed.map((one) => one.stage)],
  );
  await writeTargetHistory(
    client,
    change,
    "stage",
    rows.map((row) => ({ modelNo: row.model_no, target: row.stage, version: row.version })),
  );
}
