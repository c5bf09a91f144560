/** One point of a series. Latest and first are by greatest and smallest (step, timestamp, value), NaN below all numbers. */
export interface Point {
  readonly step: number;
  readonly timestamp: number;
  readonly value: number;
}

/**
 * Exact statistics of one (run, metric) series over its set of points. `min`, `max`, `sum` leave NaN out and are null
 * when there is nothing else; infinities count. `mean` is `sum / (count - nanCount)`.
 */
export interface SeriesStatistics {
  readonly key: string;
  readonly count: number;
  readonly nanCount: number;
  readonly sum: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Step of the first point (smallest step) that has the minimum / maximum. */
  readonly stepOfMin: number | null;
  readonly stepOfMax: number | null;
  readonly first: Point;
  readonly last: Point;
}
