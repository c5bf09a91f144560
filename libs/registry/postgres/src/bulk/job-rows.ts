import {
  type BulkItem,
  type BulkJob,
  type BulkRequest,
  type BulkState,
  tellProgress,
} from "@runweir/registry-domain";

/** `j` is registry.bulk_job. */
export const jobColumns = `j.job_no, j.request, j.state, j.direction, j.digest, j.actor_id, j.actor_name, j.creation_time,
  j.selected, j.refused, j.refusals, j.items, j.moved, j.skipped, j.undone, j.kept`;

export interface JobRow {
  readonly job_no: number;
  readonly request: BulkRequest;
  readonly state: "planned" | "running" | "paused" | "ended";
  readonly direction: "apply" | "undo";
  readonly digest: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly creation_time: number;
  readonly selected: number;
  readonly refused: number;
  readonly refusals: BulkJob["refusals"];
  readonly items: number;
  readonly moved: number;
  readonly skipped: number;
  readonly undone: number;
  readonly kept: number;
}

const states = {
  apply: { planned: "planned", running: "applying", paused: "apply paused", ended: "applied" },
  undo: { planned: "planned", running: "undoing", paused: "undo paused", ended: "undone" },
} as const satisfies Record<JobRow["direction"], Record<JobRow["state"], BulkState>>;

export function toJob(row: JobRow): BulkJob {
  const job = {
    jobId: String(row.job_no),
    request: row.request,
    state: states[row.direction][row.state],
    digest: row.digest,
    actor: { id: row.actor_id, name: row.actor_name },
    creationTime: row.creation_time,
    selected: row.selected,
    refused: row.refused,
    refusals: row.refusals,
    items: row.items,
    moved: row.moved,
    skipped: row.skipped,
    undone: row.undone,
    kept: row.kept,
  };
  return { ...job, ...tellProgress(job) };
}

export interface ItemRow {
  readonly item_no: number;
  readonly name: string;
  readonly version: number | null;
  readonly from_version: number | null;
  readonly to_version: number | null;
  readonly from_stage: string | null;
  readonly to_stage: string | null;
  readonly is_skipped: boolean;
}

export function toItem(row: ItemRow): BulkItem {
  return {
    item: row.item_no,
    model: row.name,
    from: row.from_version ?? undefined,
    to: row.to_version ?? undefined,
    version: row.version ?? undefined,
    fromStage: row.from_stage ?? undefined,
    toStage: row.to_stage ?? undefined,
    isSkipped: row.is_skipped,
  };
}
