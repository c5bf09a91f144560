import type { Principal } from "@runweir/identity-domain";
import type { SqlParameters } from "../sql-query.ts";

export type HistoryOutcome =
  | { readonly state: "done"; readonly rows: number; readonly isCached: boolean }
  | { readonly state: "failed"; readonly reason: string; readonly message: string };

/** A statement that was run. Times in milliseconds since 1970. */
export interface HistoryEntry {
  readonly startTime: number;
  readonly milliseconds: number;
  readonly sql: string;
  readonly params: SqlParameters;
  /** Absent where it failed before there was one. */
  readonly snapshot: number | null;
  readonly outcome: HistoryOutcome;
}

export interface StoredHistoryEntry extends HistoryEntry {
  /** Later ones have greater numbers. */
  readonly entryNo: number;
}

/** What each caller asked, the newest `historyMax` of it. */
export interface QueryHistoryStore {
  append(workspace: string, owner: Principal, entries: readonly HistoryEntry[]): Promise<void>;
  list(
    workspace: string,
    owner: Principal,
    page: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<readonly StoredHistoryEntry[]>;
  clear(workspace: string, owner: Principal): Promise<void>;
}

export const historyMax = 500;
