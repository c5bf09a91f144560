import type { WireNumber } from "@runweir/web-ui";

/**
 * One series of one chart, in columns: per bucket of the x axis the smallest, largest and last value. All four arrays
 * have the same length; x ascends. null: every point of the bucket is NaN.
 */
export interface ChartLine {
  /** The run's id; names the line between updates. */
  readonly id: string;
  readonly label: string;
  /** A CSS colour or `var(--...)`, see `runColor`. */
  readonly color: string;
  /** Step, or milliseconds (wall time: since 1970; relative: since the run's first point). */
  readonly x: readonly number[];
  readonly min: readonly (WireNumber | null)[];
  readonly max: readonly (WireNumber | null)[];
  readonly last: readonly (WireNumber | null)[];
  /** A second band inside the first, of as many values. */
  readonly inner?: {
    readonly min: readonly (WireNumber | null)[];
    readonly max: readonly (WireNumber | null)[];
  };
  /** Of a line that stands for several runs: per bucket how many finite values it is made of, and how many were not. */
  readonly samples?: { readonly n: readonly number[]; readonly notFinite: readonly number[] };
  readonly storedPoints: number;
  readonly drawnPoints: number;
  readonly nanPoints: number;
}

export type ChartXAxis = "step" | "relative" | "wall";
export type ChartYScale = "linear" | "log";

/** What a line is of, and what its three columns mean; for tables, files and screen readers. */
export interface ChartWords {
  readonly line: string;
  readonly min: string;
  readonly max: string;
  readonly last: string;
}

export const runWords: ChartWords = { line: "run", min: "min", max: "max", last: "last" };

/** The visible part of the x axis, in the axis's own unit; both ends are included. */
export interface ChartWindow {
  readonly from: number;
  readonly to: number;
}

export const xAxisTitles: Readonly<Record<ChartXAxis, string>> = {
  step: "step",
  relative: "time since first point",
  wall: "wall time",
};
