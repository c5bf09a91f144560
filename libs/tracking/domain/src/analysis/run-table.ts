import type { Field } from "../query.ts";
import type { AnalysisSource, RunSet } from "./run-set.ts";

/** What can be a column: one value, or none, per run. */
export type RunTableField = Exclude<Field, { entity: "dataset" }>;

export interface RunTableRequest extends RunSet {
  /** 0 to 200 of them. */
  readonly columns: readonly RunTableField[];
  /** 1 to 50,000 runs: the ones started last. */
  readonly limit: number;
}

/** Runs by columns, started last first, ties by id. */
export interface RunTable {
  /** How many runs there are in the set, in the table or not. */
  readonly total: number;
  readonly runIds: readonly string[];
  readonly runNames: readonly string[];
  /**
   * As asked for, one value per run: numbers of metrics (NaN and infinities too), milliseconds of `start_time` and
   * `end_time`, texts of everything else; null where the run has none.
   */
  readonly columns: readonly (readonly (number | string | null)[])[];
  readonly source: AnalysisSource;
}
