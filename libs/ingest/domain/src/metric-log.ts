import type { PointBatch } from "./point-batch.ts";

/** What became of one append. Refusals are answers, not exceptions: other appends in the same commit go on. */
export type AppendOutcome =
  | { readonly status: "applied" }
  | { readonly status: "run_not_found" }
  | { readonly status: "run_deleted" };

/**
 * The way in for metric points. `append` resolves when the points are durable and visible to every reader.
 *
 * Points are a set: (run, key, step, timestamp, value) appended twice is one point, NaN included, so any append may be
 * retried. Rejects with `resource_exhausted` (with Retry-After) when the queue's byte limit is reached and with
 * `unavailable` when the database cannot be reached; in both cases the caller may retry, nothing is half applied.
 */
export interface MetricLog {
  append(request: {
    readonly workspace: string;
    readonly runId: string;
    readonly points: PointBatch;
  }): Promise<AppendOutcome>;
}
