import type { AppliedStretch, IncomingSegment, SegmentOutcome } from "@runweir/ingest-domain";
import type { Tracing } from "@runweir/telemetry";

/** Ends the way of each traced request: from when the log took its points to when they were committed. */
export function traceApplied(
  tracing: Tracing,
  { partition, nextOffset, entries, applied }: AppliedStretch<IncomingSegment, SegmentOutcome>,
): void {
  for (const [i, segment] of entries.entries()) {
    if (segment.traceparent === undefined) continue;
    tracing
      .open("apply points", {
        kind: "consumer",
        parent: segment.traceparent,
        startedAt: segment.loggedAt,
        attributes: {
          "runweir.run_id": segment.runId,
          "runweir.points": segment.points,
          "runweir.outcome": applied.outcomes[i]?.status ?? "unknown",
          "messaging.destination.partition.id": String(partition),
          "messaging.kafka.offset": segment.offset ?? nextOffset - 1,
        },
      })
      .end();
  }
}
