/**
 * From which offset on a leader of a partition is taken to have written what was applied. Leaders are told apart by their
 * epoch, which grows with each; two logs that have an offset under the same epoch are the same up to there. Not those of a
 * topic that was deleted and made anew: epochs begin again with it, so it is known for another only while it is shorter.
 */
export interface LeaderTerm {
  readonly epoch: number;
  readonly from: number;
}

/** What is known of who wrote what was applied of a partition. */
export interface Authors {
  readonly leaders: readonly LeaderTerm[];
  /** The latest leader whose log is known to have all of it. */
  readonly agreedWith: number | undefined;
}

/** Up to where a partition is applied. */
export interface AppliedPosition extends Authors {
  readonly nextOffset: number;
}

/** Where what a leader wrote ends. */
export interface EpochEnd {
  readonly epoch: number;
  readonly end: number;
}

/**
 * What a log has left of an earlier leader: of the largest epoch not above the one that is asked for. Undefined where it
 * is above any that the log has had.
 */
export type EndOfEpoch = (partition: number, epoch: number) => Promise<EpochEnd | undefined>;

/** So many changes of leaders a log may lose at once; beyond, it is applied anew from its beginning. */
const termsKept = 16;

/** Which leader is taken to have written what was applied at an offset; undefined where none is known. */
export function epochAt(leaders: readonly LeaderTerm[], offset: number): number | undefined {
  return leaders.findLast(({ from }) => from <= offset)?.epoch;
}

/** With another leader from an offset on. */
export function withLeader(
  leaders: readonly LeaderTerm[],
  epoch: number,
  from: number,
): readonly LeaderTerm[] {
  return [...leaders.filter((term) => term.from < from), { epoch, from }].slice(-termsKept);
}

/**
 * The first offset at which a log may differ from what was applied of it: `nextOffset` where it goes on from there, less
 * where it lost its end, whether or not it has grown since. Undefined where it has nothing in common that is known.
 */
export async function firstDifference(
  partition: number,
  { nextOffset, leaders }: Pick<AppliedPosition, "nextOffset" | "leaders">,
  endOf: EndOfEpoch,
): Promise<number | undefined> {
  if (leaders.length === 0 || nextOffset === 0) return nextOffset;
  let end = nextOffset;
  for (let i = leaders.length - 1; i >= 0; ) {
    const found = await endOf(partition, (leaders[i] as LeaderTerm).epoch);
    if (!found) return undefined;
    // The log has nothing of the leaders between; what they wrote here was lost.
    for (; i >= 0 && (leaders[i] as LeaderTerm).epoch > found.epoch; i -= 1)
      end = Math.min(end, (leaders[i] as LeaderTerm).from);
    if (leaders[i]?.epoch === found.epoch) return Math.min(end, found.end);
  }
  return undefined;
}

/** Which leader wrote what a log that `current` leads has at an offset. */
export async function authorOf(
  partition: number,
  offset: number,
  current: number,
  endOf: EndOfEpoch,
): Promise<number> {
  for (let epoch = current; ; ) {
    const before = epoch > 0 ? await endOf(partition, epoch - 1) : undefined;
    if (!before || before.end <= offset) return epoch;
    epoch = before.epoch;
  }
}
