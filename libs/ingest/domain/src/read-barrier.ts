import { DomainError } from "@runweir/errors";
import { createFreshCall } from "./fresh-call.ts";
import { type AppliedPosition, type EndOfEpoch, epochAt, firstDifference } from "./leader-terms.ts";
import type { PartitionEnd } from "./log-edges.ts";
import type { LogPosition } from "./log-transport.ts";

export interface ReadBarrierOptions {
  /** The end of each partition: everything below has been acknowledged to somebody. */
  readonly ends: () => Promise<ReadonlyMap<number, PartitionEnd>>;
  /** Up to where the log is applied. */
  readonly positions: () => Promise<ReadonlyMap<number, AppliedPosition>>;
  readonly endOfEpoch: EndOfEpoch;
  readonly clock: { now(): number };
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly deadlineMs: number;
}

const nothing: AppliedPosition = { nextOffset: 0, leaders: [], agreedWith: undefined };
const shortestPause = 2;
const longestPause = 25;

/** Rejects with `unavailable` after the deadline. */
export interface ReadBarrier {
  awaitPartitions(partitions: ReadonlySet<number> | "all"): Promise<void>;
  /**
   * Which leader of a partition was heard of last; asks where none was. A record that is sent afterwards is taken by this
   * one or by a later one.
   */
  leaderOf(partition: number): Promise<number | undefined>;
  /**
   * Until a record is applied that was sent after `leader` had been heard of. Rejects at once, too, when a later leader may
   * have put another record into its place.
   */
  awaitRecord(position: LogPosition, leader: number | undefined): Promise<void>;
}

/**
 * Lets a read wait until what was acknowledged before it is applied. Both questions are shared among all reads that
 * wait, so their number does not matter to Kafka or Postgres.
 */
export function createReadBarrier(options: ReadBarrierOptions): ReadBarrier {
  const { clock, pause, deadlineMs, endOfEpoch } = options;
  const leaders = new Map<number, number | undefined>();
  const askPositions = createFreshCall(options.positions);
  const askEnds = createFreshCall(async () => {
    const ends = await options.ends();
    for (const [partition, { leaderEpoch }] of ends) leaders.set(partition, leaderEpoch);
    return ends;
  });

  /** Up to where the log is applied that ended there: a position says nothing of one that has lost its end since. */
  async function appliedOf(partition: number, end: PartitionEnd, position: AppliedPosition): Promise<number> {
    const { nextOffset, agreedWith } = position;
    if (agreedWith === undefined || end.leaderEpoch === undefined)
      return nextOffset > end.high ? 0 : nextOffset;
    if (agreedWith >= end.leaderEpoch) return nextOffset;
    return (await firstDifference(partition, position, endOfEpoch)) ?? 0;
  }

  /** `ends` must have been asked for after what is waited for was acknowledged. */
  async function awaitOffsets(
    wanted: ReadonlyMap<number, number>,
    ends: ReadonlyMap<number, PartitionEnd>,
  ): Promise<ReadonlyMap<number, AppliedPosition>> {
    const deadline = clock.now() + deadlineMs;
    for (let wait = shortestPause; ; wait = Math.min(longestPause, wait * 2)) {
      const positions = await askPositions();
      let records = 0;
      for (const [partition, offset] of wanted) {
        const position = positions.get(partition) ?? nothing;
        // Only a position that seems to be far enough is worth a further question.
        const reached =
          position.nextOffset < offset
            ? position.nextOffset
            : await appliedOf(partition, ends.get(partition) ?? { high: 0 }, position);
        records += Math.max(0, offset - reached);
      }
      if (records === 0) return positions;
      if (clock.now() >= deadline) throw behind(records);
      await pause(wait);
    }
  }

  return {
    async awaitPartitions(partitions) {
      const ends = await askEnds();
      const wanted = [...ends].filter(([one]) => partitions === "all" || partitions.has(one));
      await awaitOffsets(new Map(wanted.map(([one, { high }]) => [one, high])), ends);
    },

    async leaderOf(partition) {
      if (!leaders.has(partition)) await askEnds();
      return leaders.get(partition);
    },

    async awaitRecord({ partition, offset }, leader) {
      const ends = await askEnds();
      const positions = await awaitOffsets(new Map([[partition, offset + 1]]), ends);
      const writer = epochAt(positions.get(partition)?.leaders ?? [], offset);
      if (writer !== undefined && leader !== undefined && writer > leader)
        throw new DomainError(
          "unavailable",
          "The log of metrics got another leader meanwhile, so it is not certain that they were stored. Please retry.",
          { reason: "leader_changed", retryAfterSeconds: 1 },
        );
    },
  };
}

function behind(records: number): DomainError {
  return new DomainError(
    "unavailable",
    `Metrics that were logged before this request are still being stored (${records} batches to go). Please retry.`,
    { reason: "behind", retryAfterSeconds: 1 },
  );
}
