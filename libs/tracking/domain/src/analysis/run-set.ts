import type { Expression } from "../query.ts";

/** Which runs an analysis is of: the active ones of these experiments where the expression holds. */
export interface RunSet {
  /** 1 to 100. */
  readonly experimentIds: readonly string[];
  readonly where?: Expression | undefined;
}

/** Where an answer came from. Both are exact: a snapshot is read with what was logged since, unless nothing was. */
export type AnalysisSource =
  | { readonly from: "postgres" }
  | {
      readonly from: "snapshot";
      readonly number: number;
      readonly createdAt: Date;
      /** There if what was logged since the snapshot was read with it, up to this moment. */
      readonly tailUntil?: Date | undefined;
    };
