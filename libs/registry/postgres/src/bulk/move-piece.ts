import type { Queryable, Statements } from "@runweir/postgres";
import { moveAliases } from "../history/move-aliases.ts";
import { moveStages } from "../history/move-stages.ts";
import { recordChange } from "../history/record-change.ts";
import { findFitting } from "./find-fitting.ts";

export interface RunningRow {
  readonly job_no: number;
  readonly workspace: string;
  readonly target_kind: "alias" | "stage";
  readonly target: string;
  readonly direction: "apply" | "undo";
  readonly actor_id: string;
  readonly actor_name: string;
  readonly reason: string | null;
  readonly request_id: string | null;
  readonly applied_to: number;
  readonly undone_to: number;
}

export interface PieceRow {
  readonly item_no: number;
  readonly model_no: number;
  readonly version: number | null;
  readonly from_version: number | null;
  readonly to_version: number | null;
  readonly from_stage: string | null;
  readonly to_stage: string | null;
}

/** So many targets are moved in one transaction: others wait for their models that long. */
const pieceItems = 5_000;

/**
 * Moves the next items of a running job, those that are where they are thought to be, and notes how far it has come, in one
 * transaction. False: no job runs that nobody else is at.
 */
export function movePiece(database: Statements, now: number): Promise<boolean> {
  return database.transaction(async (client) => {
    const { rows: jobs } = await client.query<RunningRow>(
      "SELECT * FROM registry.bulk_job WHERE state = 'running' ORDER BY job_no LIMIT 1 FOR UPDATE SKIP LOCKED",
    );
    const [job] = jobs;
    if (!job) return false;
    const isUndo = job.direction === "undo";
    const items = await readItems(client, job);
    const wanted = isUndo ? items.filter((item) => !item.is_skipped).map(reverse) : items;
    const fitting = await findFitting(client, job, wanted);
    const moving = wanted.filter(({ item_no }) => fitting.has(item_no));
    if (moving.length > 0) await move(client, job, moving, now);
    const left = wanted.filter(({ item_no }) => !fitting.has(item_no));
    if (left.length > 0 && !isUndo)
      await client.query(
        "UPDATE registry.bulk_item SET is_skipped = true WHERE job_no = $1 AND item_no = ANY ($2::int[])",
        [job.job_no, left.map(({ item_no }) => item_no)],
      );
    const [at, done, others] = isUndo ? ["undone_to", "undone", "kept"] : ["applied_to", "moved", "skipped"];
    await client.query(
      `UPDATE registry.bulk_job SET ${at} = coalesce($2, ${at}), ${done} = ${done} + $3, ${others} = ${others} + $4,
         state = CASE WHEN $5 THEN 'ended' ELSE state END
       WHERE job_no = $1`,
      [job.job_no, items.at(-1)?.item_no ?? null, moving.length, left.length, items.length < pieceItems],
    );
    return true;
  });
}

/** An undo goes as far as the job had come. */
async function readItems(
  client: Queryable,
  job: RunningRow,
): Promise<readonly (PieceRow & { readonly is_skipped: boolean })[]> {
  const isUndo = job.direction === "undo";
  const { rows } = await client.query<PieceRow & { is_skipped: boolean }>(
    `SELECT item_no, model_no, version, from_version, to_version, from_stage, to_stage, is_skipped FROM registry.bulk_item
     WHERE job_no = $1 AND item_no > $2 AND ($3::int IS NULL OR item_no <= $3) ORDER BY item_no LIMIT ${pieceItems}`,
    [job.job_no, isUndo ? job.undone_to : job.applied_to, isUndo ? job.applied_to : null],
  );
  return rows;
}

function reverse(item: PieceRow): PieceRow {
  return {
    ...item,
    from_version: item.to_version,
    to_version: item.from_version,
    from_stage: item.to_stage,
    to_stage: item.from_stage,
  };
}

async function move(
  client: Queryable,
  job: RunningRow,
  items: readonly PieceRow[],
  now: number,
): Promise<void> {
  const what = `${job.direction === "undo" ? "Undo of bulk move" : "Bulk move"} ${job.job_no}`;
  const change = await recordChange(client, job.workspace, {
    actor: { id: job.actor_id, name: job.actor_name },
    now,
    reason: job.reason === null ? what : `${what}: ${job.reason}`,
    requestId: `bulk-move-${job.job_no} ${job.request_id ?? ""}`,
  });
  if (job.target_kind === "alias")
    await moveAliases(
      client,
      change,
      items.map((item) => ({ modelNo: item.model_no, target: job.target, version: item.to_version })),
    );
  else
    await moveStages(
      client,
      change,
      items.map((item) => ({
        modelNo: item.model_no,
        version: item.version ?? 0,
        stage: item.to_stage ?? job.target,
      })),
    );
}
