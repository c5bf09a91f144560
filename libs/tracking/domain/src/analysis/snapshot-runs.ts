import type { Caller } from "@runweir/identity-domain";
import type { Page } from "../experiment.ts";
import type { RunQuery } from "../query.ts";
import type { RunCounts } from "../tracking.ts";
import type { RunSet } from "./run-set.ts";
import type { RunTable, RunTableRequest } from "./run-table.ts";
import type { SnapshotCurrency } from "./snapshot-sql.ts";

/** What stores answer about runs, asked of one snapshot. Only questions that `isForSnapshot` lets through. */
export interface SnapshotRuns {
  /** Ids in order; tokens are those of the store. */
  searchRunIds(caller: Caller, snapshot: number, query: RunQuery): Promise<Page<string>>;
  countRuns(caller: Caller, snapshot: number, runs: RunSet): Promise<RunCounts>;
  getRunTable(caller: Caller, snapshot: number, request: RunTableRequest): Promise<RunTable>;
}

/** The other way to an answer. */
export interface SnapshotPath {
  readonly runs: SnapshotRuns;
  readonly currency: SnapshotCurrency;
  /** With fewer runs the store is asked; by what was measured unless told (`snapshot-pays-from.ts`). */
  readonly runsAtLeast?: number | undefined;
  /** Hears why an answer had to come from the store after all. */
  readonly onTrouble: (error: unknown) => void;
}
