/**
 * Metric points as columns: the one in-memory shape between a door and a segment.
 *
 * All four numeric columns have the same length, one entry per point. `keyIndexes[i]` indexes `keys`. Steps and
 * timestamps are whole numbers within ±(2^53 - 1) (timestamps in milliseconds since 1970, not negative); values are any
 * float64, NaN and infinities included.
 */
export interface PointBatch {
  readonly keys: readonly string[];
  readonly keyIndexes: Uint32Array;
  readonly steps: Float64Array;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** The points of one series, or a page of them, in the order the reader promised. */
export interface SeriesPoints {
  readonly steps: Float64Array;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}
