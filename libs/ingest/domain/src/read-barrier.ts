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

  async function awaitOffsets(wanted: ReadonlyMap<number, number>): Promise<void> {
    const deadline = clock.now() + deadlineMs;
    for (let wait = shortestPause; ; wait = Math.min(longestPause, wait * 2)) {
      const applied = await askApplied();
      const missing = [...wanted].filter(([partition, offset]) => (applied.get(partition) ?? 0) < offset);
      if (missing.length === 0) return;
      if (clock.now() >= deadline) throw behind(missing, applied);
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

function behind(
  missing: readonly (readonly [number, number])[],
  applied: ReadonlyMap<number, number>,
): DomainError {
  const records = missing.reduce(
    (sum, [partition, offset]) => sum + offset - (applied.get(partition) ?? 0),
    0,
  );
  return new DomainError(
    "unavailable",
    `Metrics that were logged before this request are still being stored (${records} batches to go). Please retry.`,
    { reason: "behind", retryAfterSeconds: 1 },
  );
}
