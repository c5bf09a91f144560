import { DomainError } from "@runweir/errors";
import { createFreshCall } from "./fresh-call.ts";

export interface ReadBarrierOptions {
  /** The end of each partition: everything below has been acknowledged to somebody. */
  readonly highWatermarks: () => Promise<ReadonlyMap<number, number>>;
  /** The offset of each partition up to which the log is applied. */
  readonly nextOffsets: () => Promise<ReadonlyMap<number, number>>;
  readonly clock: { now(): number };
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly deadlineMs: number;
}

const shortestPause = 2;
const longestPause = 25;

export interface ReadBarrier {
  /** Rejects with `unavailable` after the deadline. */
  awaitOffsets(wanted: ReadonlyMap<number, number>): Promise<void>;
  awaitPartitions(partitions: ReadonlySet<number> | "all"): Promise<void>;
}

/**
 * Lets a read wait until what was acknowledged before it is applied. Both questions are shared among all reads that
 * wait, so their number does not matter to Kafka or Postgres.
 */
export function createReadBarrier(options: ReadBarrierOptions): ReadBarrier {
  const { clock, pause, deadlineMs } = options;
  const askWatermarks = createFreshCall(options.highWatermarks);
  const askApplied = createFreshCall(options.nextOffsets);

  /** How many records are still to be applied, at least one as long as any is. */
  async function missing(wanted: ReadonlyMap<number, number>): Promise<number> {
    const applied = await askApplied();
    const at = (partition: number): number => applied.get(partition) ?? 0;
    let records = 0;
    for (const [partition, offset] of wanted) records += Math.max(0, offset - at(partition));
    const ahead = [...wanted].filter(([partition, offset]) => at(partition) > offset);
    if (records > 0 || ahead.length === 0) return records;
    // A position behind the log's end is of an earlier log, which was emptied or restored: it says nothing of this one. A log
    // only grows to such a position once a consumer has gone back, so a position told after the end is of this log for certain.
    const ends = await askWatermarks();
    const later = await askApplied();
    for (const [partition, offset] of ahead)
      if (at(partition) > (ends.get(partition) ?? 0)) records += offset;
      else records += Math.max(0, offset - (later.get(partition) ?? 0));
    return records;
  }

  async function awaitOffsets(wanted: ReadonlyMap<number, number>): Promise<void> {
    const deadline = clock.now() + deadlineMs;
    for (let wait = shortestPause; ; wait = Math.min(longestPause, wait * 2)) {
      const records = await missing(wanted);
      if (records === 0) return;
      if (clock.now() >= deadline) throw behind(records);
      await pause(wait);
    }
  }

  return {
    awaitOffsets,
    async awaitPartitions(partitions) {
      const ends = await askWatermarks();
      await awaitOffsets(
        partitions === "all" ? ends : new Map([...ends].filter(([partition]) => partitions.has(partition))),
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
