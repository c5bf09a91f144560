/**
 * One series reduced for drawing: per bucket of the x axis the smallest, largest and last value, so that no spike is
 * ever lost. Arrays have one entry per non-empty bucket, x ascending. When a series has no more points than buckets the
 * points are returned as they are and min = max = last.
 */
export interface ChartSeries {
  readonly runId: string;
  readonly key: string;
  /** x of the last point in each bucket: step, or milliseconds (wall: since 1970; relative: since the run's first point). */
  readonly x: readonly number[];
  /** null where every point of the bucket is NaN. Infinities arrive as the strings "Infinity" / "-Infinity" on JSON wires. */
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly last: readonly (number | null)[];
  readonly storedPoints: number;
  readonly drawnPoints: number;
  readonly nanPoints: number;
}

export type ChartAxis = "step" | "wall" | "relative";

export interface ChartRequest {
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
  readonly axis: ChartAxis;
  /** Buckets across the visible range, 1 to 2,000. */
  readonly buckets: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}
