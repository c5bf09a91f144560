import type { MetricAggregate } from "../query.ts";
import type { AnalysisSource, RunSet } from "./run-set.ts";

export interface ImportanceRequest extends RunSet {
  /** What is to be explained. */
  readonly target: { readonly key: string; readonly aggregate: MetricAggregate };
  /** The params to explain it by, at most 100; absent: all that differ between the runs. */
  readonly params?: readonly string[] | undefined;
}

/** What the params of runs say about a metric of theirs, by a random forest and by linear correlation. */
export interface Importance {
  /** Runs that count: those with a finite value of the target. */
  readonly runs: number;
  /** Runs of the set without one. */
  readonly runsLeftOut: number;
  readonly trees: number;
  /**
   * R² of the forest on what each tree has not seen: 1 explains everything, 0 nothing; below it the importances mean
   * nothing. null: too few runs or no param that differs.
   */
  readonly outOfBag: number | null;
  /** Most important first. */
  readonly params: readonly ParamImportance[];
  readonly paramsLeftOut: readonly {
    readonly key: string;
    readonly reason: "constant" | "too-many-values" | "too-many-params";
  }[];
  /** Params beyond those that are looked at; the ones that most runs have are. */
  readonly paramsNotAsked: number;
  readonly source: AnalysisSource;
}

export interface ParamImportance {
  readonly key: string;
  readonly kind: "number" | "category";
  /** Share of the forest's loss of accuracy when this param's values are shuffled; all shares add up to 1, or are all 0. */
  readonly share: number;
  /** Pearson's r with the target, -1 to 1; of a category, null. */
  readonly correlation: number | null;
  /** Runs that have the param. */
  readonly runs: number;
  /** Different values. */
  readonly values: number;
}
