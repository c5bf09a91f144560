import type { PointBatch } from "../point-batch.ts";

/** What runs and workspaces may log; 0 is no limit. Rates are those of one process. */
export interface QuotaLimits {
  readonly pointsPerSecondOfRun: number;
  readonly pointsPerSecondOfWorkspace: number;
  /** Distinct metric names of one run. */
  readonly metricNames: number;
}

export type QuotaReason = "run_rate_quota" | "workspace_rate_quota" | "metric_names_quota";

/**
 * How many metric names a run has in the store, those applied but not yet folded included, and how many of `keys` are not among
 * them. A run that is not there has none.
 */
export type NameCounter = (
  workspace: string,
  runId: string,
  keys: readonly string[],
) => Promise<{ readonly known: number; readonly fresh: number }>;

/** Decides what may be appended to a log. */
export interface Quotas {
  /**
   * Admits points of several runs together, or none of them. Rejects with `resource_exhausted` and when to come again if points come
   * too fast, with `invalid_argument` if a run would have too many metric names: that will not change by waiting. The
   * error's `reason` says which quota it was.
   */
  admit(
    workspace: string,
    runs: readonly { readonly runId: string; readonly points: PointBatch }[],
  ): Promise<void>;
}
