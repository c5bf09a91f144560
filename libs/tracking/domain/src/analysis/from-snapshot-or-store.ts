import { DomainError } from "@runweir/errors";
import type { RunStore } from "../tracking-store.ts";
import type { SnapshotPath } from "./snapshot-runs.ts";

export interface TwoWays<T> {
  readonly workspace: string;
  readonly experimentIds: readonly string[];
  /** Whether a snapshot would answer alike. */
  readonly alike: boolean;
  /** From how many runs on it would be quicker. */
  readonly paysFrom: number;
  fromSnapshot(path: SnapshotPath, snapshot: number): Promise<T>;
  fromStore(): Promise<T>;
}

/** The answer, from a current snapshot where that is quicker, else from the store. The metric reader has caught up. */
export async function fromSnapshotOrStore<T>(
  store: Pick<RunStore, "hasRuns">,
  path: SnapshotPath | undefined,
  ways: TwoWays<T>,
): Promise<T> {
  if (path && ways.alike) {
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
  { currency, runsAtLeast }: SnapshotPath,
  { workspace, experimentIds, paysFrom }: TwoWays<unknown>,
): Promise<number | undefined> {
  const atLeast = runsAtLeast ?? paysFrom;
  if (!Number.isFinite(atLeast) || !(await store.hasRuns(workspace, experimentIds, atLeast)))
    return undefined;
  return currency.currentFor(workspace, experimentIds);
}
