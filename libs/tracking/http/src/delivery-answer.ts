import type { Delivery } from "@runweir/tracking-domain";

/** A delivery as JSON; times in milliseconds since 1970. */
export function deliveryAnswer(delivery: Delivery) {
  return {
    run_id: delivery.runId,
    status: delivery.status,
    state: delivery.state,
    accepted: delivery.accepted,
    applied: delivery.applied,
    repeated: delivery.repeated,
    rejected: delivery.rejected,
    rejected_batches: delivery.rejectedBatches,
    damaged_batches: delivery.damagedBatches,
    stored_points: delivery.storedPoints,
    duplicate_points: delivery.duplicatePoints,
    late_points: delivery.latePoints,
    missing_batches: delivery.missingBatches,
    client_count: delivery.clientCount,
    clients: delivery.clients.map(({ gapCount, lastAt, ...client }) => ({
      ...client,
      gap_count: gapCount,
      last_at: lastAt,
    })),
    last_applied_at: delivery.lastAppliedAt,
    last_lag_ms: delivery.lastLagMs,
    longest_lag_ms: delivery.longestLagMs,
    complete: delivery.complete && {
      batches: delivery.complete.batches,
      points: delivery.complete.points,
      digest: delivery.complete.digest,
      issued_at: delivery.complete.issuedAt,
    },
  };
}
