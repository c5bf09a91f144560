import type { AppliedPosition, SeriesPoints, Summary } from "@runweir/ingest-domain";
import { comparePoints } from "@runweir/ingest-domain";
import type { PartitionLog } from "../world/partition-log.ts";
import type { StoreState } from "../world/store-state.ts";
import { createTruth, pointName, type Truth } from "./truth.ts";

/**
 * L no acknowledged point is lost; D none is there twice; W what was acknowledged before a read with a barrier is seen; M
 * positions only grow and say what is stored; B queues are bounded; R everything drains by itself.
 */
export type Invariant = "L" | "D" | "W" | "M" | "B" | "R";

export interface Violation {
  readonly invariant: Invariant;
  readonly message: string;
}

export interface Checker {
  readonly truth: Truth;
  readonly violation: Violation | undefined;
  /** How many reads were compared. */
  readonly reads: number;
  violate(invariant: Invariant, message: string): void;
  /** After everything that the store has done. */
  checkPositions(state: StoreState, log: PartitionLog): void;
  /** The log was put back, or the store was: positions may go back once, to where they are then. */
  declareReset(partition: number): void;
  declareRestore(state: StoreState): void;
  checkSeries(
    runId: string,
    series: ReadonlyMap<string, SeriesPoints>,
    due: readonly string[],
    counts: ReadonlyMap<string, Summary>,
  ): void;
}

export function createChecker(): Checker {
  const truth = createTruth();
  const positions = new Map<number, number>();
  const known = new Map<number, AppliedPosition>();
  /** How often each partition may go back: once for each time that its log was put back. */
  const mayGoBack = new Map<number, number>();
  let violation: Violation | undefined;
  let reads = 0;

  function violate(invariant: Invariant, message: string): void {
    violation ??= { invariant, message };
  }

  function checkPosition(
    state: StoreState,
    log: PartitionLog,
    partition: number,
    position: AppliedPosition,
  ): void {
    const { nextOffset: next, agreedWith } = position;
    const before = positions.get(partition) ?? 0;
    if (next < before) {
      const times = mayGoBack.get(partition) ?? 0;
      mayGoBack.set(partition, times - 1);
      if (times === 0) violate("M", `partition ${partition} went back from ${before} to ${next}`);
    }
    positions.set(partition, next);
    const { low, high, records, leaderEpoch } = log.partition(partition);
    // Of an earlier log, or not yet known to be of this one: nobody believes it.
    if (agreedWith !== leaderEpoch) return;
    const dealtWith = state.dealtWith.get(partition) ?? new Set();
    for (let offset = low; offset < Math.min(next, high); offset += 1)
      if (records.has(offset) && !dealtWith.has(records.get(offset)?.name ?? ""))
        violate("M", `partition ${partition} stands at ${next}, but record ${offset} was passed over`);
  }

  return {
    truth,
    get violation() {
      return violation;
    },
    get reads() {
      return reads;
    },
    violate,

    checkPositions(state, log) {
      if (state.doubled.length > 0) violate("D", `request ${state.doubled[0]} was accepted twice`);
      for (const [partition, position] of state.positions)
        if (known.get(partition) !== position) {
          known.set(partition, position);
          checkPosition(state, log, partition, position);
        }
    },

    declareReset: (partition) => {
      mayGoBack.set(partition, (mayGoBack.get(partition) ?? 0) + 1);
    },

    declareRestore(state) {
      positions.clear();
      for (const [partition, { nextOffset }] of state.positions) positions.set(partition, nextOffset);
    },

    checkSeries(runId, series, due, counts) {
      reads += 1;
      const seen = new Set<string>();
      for (const [key, points] of series) {
        for (let i = 0; i < points.values.length; i += 1) {
          const name = pointName(runId, key, points, i);
          if (i > 0 && comparePoints(points, i - 1, points, i) >= 0)
            violate("D", `a read has ${name} twice or out of order`);
          if (!truth.sent.has(name)) violate("D", `a read has ${name}, which nobody sent`);
          seen.add(name);
        }
        const counted = counts.get(key)?.count ?? 0;
        if (counted < points.values.length)
          violate("W", `statistics read later count ${counted} points of ${runId} ${key}, a read has more`);
      }
      const missing = due.find((name) => !seen.has(name));
      if (missing) violate("W", `${missing} was acknowledged before a read that does not have it`);
    },
  };
}
