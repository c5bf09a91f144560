import type { AnalysisSource, RunSet } from "./run-set.ts";
import type { RunTableField } from "./run-table.ts";

export interface GroupCurvesRequest extends RunSet {
  /** The metric. */
  readonly key: string;
  /** Runs with the same value of it are one group; runs without one are a group of their own. Absent: all are one. */
  readonly groupBy?: Exclude<RunTableField, { entity: "metric" }> | undefined;
  /** Buckets over the visible steps, 1 to 2,000. */
  readonly buckets: number;
  /** Visible steps, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Statistics over all runs of a group, never a sample of them, at each step. Where there are more steps than buckets, steps
 * are divided into buckets of `width` steps, and each run stands in a bucket with its last point there (greatest step, then
 * time, then value). Arrays have one entry per bucket that any run has a point in, ascending.
 */
export interface GroupCurve {
  /** The value the runs have in common; null: they have none. */
  readonly group: string | null;
  /** Runs of the group that logged the metric, visible or not. */
  readonly runs: number;
  /** Greatest step of the bucket's points that count. */
  readonly step: readonly number[];
  /** Runs with a finite value in the bucket: what the statistics are over. */
  readonly n: readonly number[];
  /** Runs whose value in the bucket is NaN or infinite. */
  readonly notFinite: readonly number[];
  /** null where n is 0. */
  readonly mean: readonly (number | null)[];
  /** Of the sample (n - 1); null where n < 2. */
  readonly deviation: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  /** By linear interpolation between neighbours, as numpy and pandas do unless told otherwise. */
  readonly quantiles: Readonly<Record<GroupQuantile, readonly (number | null)[]>>;
}

export const groupQuantiles = ["p05", "p25", "p50", "p75", "p95"] as const;
export type GroupQuantile = (typeof groupQuantiles)[number];

/** More groups than these are not drawn: the largest are, and it is said how many were left out. */
export const groupsMax = 20;

export interface GroupCurves {
  /** Largest group first, ties by value. */
  readonly curves: readonly GroupCurve[];
  /** Steps of a bucket; 1: every step by itself. */
  readonly width: number;
  readonly groupsLeftOut: number;
  readonly source: AnalysisSource;
}
