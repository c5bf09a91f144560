import type { RunReceipt } from "@runweir/ingest-domain";

/** What became of the points of a run, as callers read it. */
export function receiptAnswer({ runId, status, points, applied, position }: RunReceipt) {
  return { run_id: runId, status, points, applied, position: position ?? null };
}

/**
 * The status of an answer that holds receipts: fine if anything was accepted or nothing was sent, else 404 when all runs are
 * absent, 409 when deleted ones are among them.
 */
export function statusOf(receipts: readonly RunReceipt[]): 200 | 404 | 409 {
  if (receipts.length === 0 || receipts.some(({ status }) => status === "accepted")) return 200;
  return receipts.some(({ status }) => status === "run_deleted") ? 409 : 404;
}

/** What several receipts for one run come to. */
export function addReceipts(first: RunReceipt | undefined, second: RunReceipt): RunReceipt {
  if (first === undefined) return second;
  return {
    runId: first.runId,
    status: second.status === "accepted" ? first.status : second.status,
    points: first.points + second.points,
    applied: first.applied && second.applied,
    position: second.position ?? first.position,
  };
}
