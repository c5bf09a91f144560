import type { Delivery, DeliveryOutcome, HeldPartition } from "./delivery.ts";
import type { AppliedPosition } from "./leader-terms.ts";
import type { LogEdges } from "./log-edges.ts";

export interface LogConsumerOptions<Log> {
  readonly applier: { claim(partition: number): Promise<HeldPartition<Log>> };
  /** Lets fetching go on at an offset; what was fetched before and is not delivered yet is dropped. */
  readonly seek: (partition: number, offset: number) => void;
  readonly edges: Pick<LogEdges, "partitions">;
  /** Where the store stands with each partition. */
  readonly positions: () => Promise<ReadonlyMap<number, AppliedPosition>>;
  /** Resolves after so many milliseconds; while it waits, the log must go on believing that we live. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  readonly onFenced?: ((partition: number) => void) | undefined;
  readonly onTrouble: (message: string, error: unknown) => void;
}

const ignore = (): void => {};

/** A member of a group that shares the partitions of a log out. */
export interface LogConsumer<Log> {
  /** The partitions that are ours from now on. */
  assign(partitions: Iterable<number>): void;
  /** `resolve` is told how far the delivery has been dealt with, so that fetching goes on there; never after a later `seek`. */
  deliver(partition: number, delivery: Delivery<Log>, resolve: (nextOffset: number) => void): Promise<void>;
  /** After a delivery that failed: waits a little and goes on where the store stands. */
  fetchAgain(partition: number, error: unknown): Promise<void>;
  /** A delivery of which nothing is left, as of a transaction that was given up: the position moves behind it all the same. */
  pass(partition: number, delivery: Omit<Delivery<Log>, "records">): Promise<void>;
  /**
   * To be called now and then: claims what could not be claimed, and notices what no delivery shows where no record comes: that
   * the store was put back to an earlier state, that the log dropped what was due, that another leads it, who may have lost its
   * end. Rejects when one of them is away.
   */
  verify(): Promise<void>;
  /** The partitions that are ours, and where each stands. */
  positions(): ReadonlyMap<number, number>;
  stop(): void;
}

/**
 * Applies what a log delivers. The log's group shares out the partitions; who may write is decided by the claims in the
 * store, so that a member which the group has forgotten, or two that believe to own one partition, do no harm.
 */
export function createLogConsumer<Log>(options: LogConsumerOptions<Log>): LogConsumer<Log> {
  const { applier, seek, pause, random, onTrouble } = options;
  const held = new Map<number, HeldPartition<Log>>();
  const claims = new Map<number, Promise<HeldPartition<Log>>>();
  let assigned = new Set<number>();
  let stopping = false;

  const isHeld = (partition: number) => !stopping && assigned.has(partition);

  /** Claims a partition, once at a time; fetching then begins where store and log agree. */
  function claim(partition: number): Promise<HeldPartition<Log>> {
    const begun = claims.get(partition);
    if (begun) return begun;
    const claimed = applier
      .claim(partition)
      .then(async (own) => {
        const agreed = await own.agree();
        // Else somebody else was quicker, and it is claimed again with the next look.
        if (agreed.status !== "fenced" && isHeld(partition)) {
          held.set(partition, own);
          seek(partition, own.nextOffset);
        }
        return own;
      })
      .finally(() => claims.delete(partition));
    claims.set(partition, claimed);
    return claimed;
  }

  async function follow(
    own: HeldPartition<Log>,
    outcome: DeliveryOutcome,
    resolve: (nextOffset: number) => void,
  ): Promise<void> {
    const { partition } = own;
    switch (outcome.status) {
      case "applied":
        // Else the partition was claimed anew meanwhile, and fetching was told to go on elsewhere: perhaps at an earlier
        // place, as that of a store that was put back, behind which nothing would ever be delivered from here.
        if (held.get(partition) === own) resolve(outcome.nextOffset);
        return;
      case "stopped":
        return;
      case "fenced":
        held.delete(partition);
        options.onFenced?.(partition);
        // Two members that both believe to own a partition must not take it from each other in turns.
        if (!outcome.afterFailure) await pause(200 + random() * 800);
        if (isHeld(partition)) await claim(partition);
        return;
      case "elsewhere":
        return align(own);
    }
  }

  /** The store stands where the log has nothing, or something else: fetching goes on where they agree. */
  async function align(own: HeldPartition<Log>): Promise<void> {
    const { partition } = own;
    const agreed = await own.agree();
    // No delivery would ever tell: from where we believe to stand, nothing is delivered.
    if (agreed.status === "fenced") return follow(own, agreed, ignore);
    if (held.get(partition) === own) seek(partition, own.nextOffset);
  }

  /** At once, not with the first record: a store that was put back to an earlier state must be caught up unasked. */
  function claimMissing(): void {
    for (const partition of assigned)
      if (isHeld(partition) && !held.has(partition))
        claim(partition).catch((error) => onTrouble(`Partition ${partition} was not claimed.`, error));
  }

  return {
    assign(partitions) {
      const now = new Set(partitions);
      for (const partition of held.keys()) if (!now.has(partition)) held.delete(partition);
      assigned = now;
      claimMissing();
    },

    async deliver(partition, delivery, resolve) {
      if (!isHeld(partition)) return;
      const own = held.get(partition);
      if (!own) {
        // Fetched before the claim, so perhaps from another place than the claim asks for.
        await claim(partition);
        return;
      }
      await follow(own, await own.apply(delivery, () => isHeld(partition)), resolve);
    },

    async pass(partition, delivery) {
      const own = held.get(partition);
      if (!own) return;
      await follow(own, await own.apply({ records: [], ...delivery }, () => isHeld(partition)), ignore);
    },

    async verify() {
      claimMissing();
      const known = [...held].map(([partition, { nextOffset, agreedWith }]) => ({
        partition,
        nextOffset,
        agreedWith,
      }));
      const [stored, edges] = await Promise.all([options.positions(), options.edges.partitions()]);
      for (const { partition, ...before } of known) {
        const own = held.get(partition);
        const edge = edges.get(partition);
        if (!own || !edge || claims.has(partition) || !isHeld(partition)) continue;
        const { low, high, leaderEpoch } = edge;
        // Else it was moved meanwhile. Nobody but us moves it back, so one that is found behind what it was before was put back.
        const stands = own.nextOffset >= before.nextOffset && own.agreedWith === before.agreedWith;
        if (stands && isBehind(stored.get(partition), before)) {
          onTrouble(`Partition ${partition} was put back; it is claimed anew.`, undefined);
          held.delete(partition);
          await claim(partition);
        } else if (low > own.nextOffset || high < own.nextOffset || leaderEpoch !== own.agreedWith)
          await align(own);
      }
    },

    async fetchAgain(partition, error) {
      onTrouble(`A delivery of partition ${partition} failed; it is fetched again.`, error);
      await pause(500);
      const own = held.get(partition);
      if (own) seek(partition, own.nextOffset);
    },

    positions: () => new Map([...held].map(([partition, { nextOffset }]) => [partition, nextOffset])),

    stop() {
      stopping = true;
    },
  };
}

type Place = Pick<AppliedPosition, "nextOffset" | "agreedWith">;

function isBehind(found: Place | undefined, before: Place): boolean {
  return (
    (found?.nextOffset ?? 0) < before.nextOffset || (found?.agreedWith ?? -1) < (before.agreedWith ?? -1)
  );
}
