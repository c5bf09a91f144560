import type { LogPlace } from "./delivery.ts";
import {
  type AppliedPosition,
  authorOf,
  type EndOfEpoch,
  firstDifference,
  type LeaderTerm,
} from "./leader-terms.ts";
import type { PartitionEdges } from "./log-edges.ts";

/** Whether what is due of these records is of the log as it is now, and so is what was applied before. */
export async function areOfThisLog(
  partition: number,
  records: readonly LogPlace[],
  position: AppliedPosition,
  endOf: EndOfEpoch,
): Promise<boolean> {
  const { nextOffset, agreedWith = -1 } = position;
  const lastOffsets = new Map<number, number>();
  // What was applied may have got another author, too.
  for (const { leaderEpoch, offset } of records)
    if (leaderEpoch !== undefined && (offset >= nextOffset || leaderEpoch > agreedWith))
      lastOffsets.set(leaderEpoch, offset);
  if ([...lastOffsets.keys()].every((epoch) => epoch === agreedWith)) return true;
  if ((await firstDifference(partition, position, endOf)) !== nextOffset) return false;
  for (const [epoch, last] of lastOffsets) {
    const found = await endOf(partition, epoch);
    if (found?.epoch !== epoch || found.end <= last) return false;
  }
  return true;
}

/** What a position is to a log. */
export interface Comparison {
  /** From where on the log has what was not applied; below `low`, some of it has been dropped. */
  readonly due: number;
  /** Where to go on, and who wrote what lies before. */
  readonly to: number;
  readonly leaders: readonly LeaderTerm[];
  /** There is nothing to move, and nothing to be said. */
  readonly isSame: boolean;
}

export async function compareWithLog(
  partition: number,
  position: AppliedPosition,
  edges: PartitionEdges,
  endOf: EndOfEpoch,
): Promise<Comparison> {
  const { nextOffset, leaders, agreedWith } = position;
  const { low, high, leaderEpoch } = edges;
  const isKnown = leaders.length > 0 && leaderEpoch !== undefined;
  const ended = high < nextOffset ? undefined : nextOffset;
  const same = isKnown ? await firstDifference(partition, position, endOf) : ended;
  const due = same ?? Math.min(low, nextOffset);
  const to = Math.max(low, due);
  const isStill = to === nextOffset && same === nextOffset;
  if (isStill && (leaderEpoch === undefined || leaderEpoch === agreedWith))
    return { due, to, leaders, isSame: true };
  const keeps = isKnown && same !== undefined && low < to;
  return {
    due,
    to,
    leaders: keeps ? leaders.filter(({ from }) => from <= to) : await authorsNow(partition, to, edges, endOf),
    isSame: false,
  };
}

/** Who wrote what lies right before an offset, as the log has it now, or right behind it where it has nothing before. */
async function authorsNow(
  partition: number,
  next: number,
  { low, high, leaderEpoch }: PartitionEdges,
  endOf: EndOfEpoch,
): Promise<readonly LeaderTerm[]> {
  if (next === 0 || leaderEpoch === undefined) return [];
  const from = Math.max(next - 1, low);
  if (from >= high) return [{ epoch: leaderEpoch, from }];
  return [{ epoch: await authorOf(partition, from, leaderEpoch, endOf), from }];
}
