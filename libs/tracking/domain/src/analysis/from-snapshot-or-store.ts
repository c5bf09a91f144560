import { DomainError } from "@runweir/errors";
import type { RunStore } from "../tracking-store.ts";
import type { SnapshotPath } from "./snapshot-runs.ts";

const measuredRuns = 20_000;

export interface TwoWays<T> {
  readonly workspace: string;
  readonly experimentIds: readonly string[];
  /** Whether a snapshot may be asked at all, and would be quicker if there are many runs. */
  readonly worthwhile: boolean;
  fromSnapshot(path: SnapshotPath, snapshot: number): Promise<T>;
  fromStore(): Promise<T>;
}

/** The answer, from a current snapshot where that is quicker, else from the store. The metric reader has caught up. */
export async function fromSnapshotOrStore<T>(
  store: Pick<RunStore, "hasRuns">,
  path: SnapshotPath | undefined,
  ways: TwoWays<T>,
): Promise<T> {
  if (path && ways.worthwhile) {
    try {
      const snapshot = await findCurrent(store, path, ways);
      if (snapshot !== undefined) return await ways.fromSnapshot(path, snapshot);
    } catch (error) {
      // Of what the asker did wrong the store tells.
      if (!(error instanceof DomainError && error.code === "invalid_argument")) path.onTrouble(error);
    }
  }
  return ways.fromStore();
}

async function findCurrent(
  store: Pick<RunStore, "hasRuns">,
  { currency, runsAtLeast = measuredRuns }: SnapshotPath,
  { workspace, experimentIds }: TwoWays<unknown>,
): Promise<number | undefined> {
  if (!(await store.hasRuns(workspace, experimentIds, runsAtLeast))) return undefined;
  return currency.currentFor(workspace, experimentIds);
}
