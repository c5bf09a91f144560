/** One value per run, in the order of the runs. */
export type ParallelColumn = NumberColumn | CategoryColumn;

interface Named {
  /** Names the axis between updates. */
  readonly id: string;
  readonly title: string;
}

export interface NumberColumn extends Named {
  readonly kind: "number";
  /** NaN: the run has none. */
  readonly values: Float64Array;
  readonly log?: boolean;
  /** How a value is written; without it as a number. */
  readonly format?: (value: number) => string;
}

export interface CategoryColumn extends Named {
  readonly kind: "category";
  readonly values: readonly (string | null)[];
}

/** Which part of an axis runs must be in. */
export type Brush =
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "names"; readonly names: readonly string[] };

/** By the axis's id. */
export type Brushes = ReadonlyMap<string, Brush>;
