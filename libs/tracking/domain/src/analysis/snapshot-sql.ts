import type { Caller } from "@runweir/identity-domain";
import type { AnalysisSource } from "./run-set.ts";

export type SnapshotSqlValue = null | boolean | number | string | readonly SnapshotSqlValue[];

/** Asks the tables of snapshots (`libs/snapshot/domain/src/schema.ts`) in DuckDB's SQL, as the caller. */
export interface SnapshotSql {
  /** Rejects with `unavailable` where there is no warehouse, or it does not answer. */
  ask(caller: Caller, question: SnapshotQuestion): Promise<SnapshotRows>;
}

export interface SnapshotQuestion {
  readonly sql: string;
  /** Bound by name: `$name`. */
  readonly params: Readonly<Record<string, SnapshotSqlValue>>;
  /** This snapshot alone; absent: the newest one together with what was logged since. */
  readonly snapshot?: number | undefined;
  /** Ends the statement, wherever it runs. */
  readonly signal?: AbortSignal | undefined;
}

export interface SnapshotRows {
  /** By the statement's columns, in its order. 64-bit integers that JavaScript cannot hold are texts. */
  readonly columns: readonly (readonly unknown[])[];
  readonly source: Extract<AnalysisSource, { from: "snapshot" }>;
}

/** Whether a snapshot is all there is to know of some experiments. */
export interface SnapshotCurrency {
  /**
   * The number of the current snapshot when nothing of these experiments and their runs has changed since, once the metric
   * reader has caught up with them; undefined when something has, or nobody knows.
   */
  currentFor(workspace: string, experimentIds: readonly string[]): Promise<number | undefined>;
}
