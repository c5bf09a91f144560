import { type ClaimedPosition, claimedPosition, type Moved } from "./claimed-position.ts";
import { areOfThisLog, compareWithLog } from "./compare-with-log.ts";
import type { Delivery, DeliveryOutcome, HeldPartition, LogPlace } from "./delivery.ts";
import type { Applied, DeadLetter } from "./incoming-segment.ts";
import { authorOf, withLeader } from "./leader-terms.ts";
import type { LogEdges } from "./log-edges.ts";
import type { LogReader, LogStore } from "./log-store.ts";

/** One transaction takes at most this much; a larger record goes alone. */
export interface ApplyLimits {
  readonly records: number;
  readonly bytes: number;
}

/** Told of every committed transaction. */
export interface AppliedStretch<Entry, Outcome> {
  readonly partition: number;
  readonly nextOffset: number;
  /** From the first attempt to the commit. */
  readonly seconds: number;
  readonly entries: readonly Entry[];
  readonly deadLetters: readonly DeadLetter[];
  readonly applied: Extract<Applied<Outcome>, { status: "applied" }>;
}

export interface PartitionApplierOptions<Log extends LogPlace, Entry, Outcome> {
  readonly store: LogStore<Entry, Outcome>;
  readonly reader: LogReader<Log, Entry>;
  readonly edges: LogEdges;
  /** Names the log, see `SourceStretch`. */
  readonly source: string;
  /** Milliseconds. */
  readonly clock: { now(): number };
  /** Resolves after so many milliseconds; while it waits, the log must go on believing that we live. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly limits?: ApplyLimits;
  /** Unfolded bytes of a shard from which on applying is slowed down, so that folding keeps up. */
  readonly unfoldedBytes?: number;
  readonly onApplied?: (stretch: AppliedStretch<Entry, Outcome>) => void;
  /** Told of what stands in the way; applying goes on or is tried again by itself. */
  readonly onTrouble?: (message: string, error: unknown) => void;
}

interface Item<Entry> {
  readonly entry?: Entry | undefined;
  readonly deadLetter?: DeadLetter | undefined;
  readonly offset: number;
  readonly leaderEpoch: number | undefined;
  readonly bytes: number;
}

const always = (): boolean => true;
const longestSlowdown = 500;
const defaultLimits: ApplyLimits = { records: 1_000, bytes: 8 * 2 ** 20 };

/**
 * Applies a log to a store, exactly once: position and data move in one transaction, so whatever is delivered twice, by
 * whomever, is applied once. Records that cannot be applied are found by halving and set aside in that same transaction.
 */
export function createPartitionApplier<Log extends LogPlace, Entry, Outcome>(
  options: PartitionApplierOptions<Log, Entry, Outcome>,
) {
  const {
    store,
    reader,
    edges,
    source,
    clock,
    pause,
    limits = defaultLimits,
    unfoldedBytes = 64 * 2 ** 20,
  } = options;
  const onTrouble = options.onTrouble ?? (() => {});

  async function claim(partition: number): Promise<HeldPartition<Log>> {
    const claimed = await store.claim(source, partition);
    const at: ClaimedPosition = claimedPosition(claimed, { store, source, partition, pause, onTrouble });
    let last: Promise<unknown> = Promise.resolve();

    /**
     * One after the other: clients are known to deliver a partition twice at a time after a rebalance, and the second
     * would go on from where the first has begun.
     */
    function inTurn<T>(work: () => Promise<T>): Promise<T> {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    }

    /** One transaction. */
    async function commit(
      items: readonly Item<Entry>[],
      next: number,
      isHeld: () => boolean,
    ): Promise<Moved> {
      const entries = items.flatMap((item) => (item.entry === undefined ? [] : [item.entry]));
      const deadLetters = items.flatMap((item) => (item.deadLetter ? [item.deadLetter] : []));
      const began = clock.now();
      let excess = 0;
      try {
        const moved = await at.move(next, isHeld, async (stretch) => {
          const applied = await store.apply({ entries, deadLetters, stretch });
          if (applied.status === "fenced") return "fenced";
          const seconds = (clock.now() - began) / 1_000;
          options.onApplied?.({ partition, nextOffset: next, seconds, entries, deadLetters, applied });
          excess = (Math.max(0, ...applied.unfoldedBytes.values()) * 2) / unfoldedBytes - 1;
          return "applied";
        });
        if (excess > 0) await pause(Math.min(1, excess) * longestSlowdown);
        return moved;
      } catch (error) {
        return bisect(items, next, isHeld, error);
      }
    }

    /** One record is at fault: halves find it and let the innocent ones through. */
    async function bisect(
      items: readonly Item<Entry>[],
      next: number,
      isHeld: () => boolean,
      cause: unknown,
    ): Promise<Moved> {
      const [only] = items;
      if (!only) throw cause;
      if (items.length > 1) {
        const middle = items.length >> 1;
        const border = (items[middle] as Item<Entry>).offset;
        const before = await commit(items.slice(0, middle), border, isHeld);
        return before === "applied" ? commit(items.slice(middle), next, isHeld) : before;
      }
      if (only.entry === undefined) throw cause;
      onTrouble(`Record ${only.offset} of partition ${partition} is set aside.`, cause);
      return commit(
        [{ ...only, entry: undefined, deadLetter: reader.setAside(only.entry, explain(cause)) }],
        next,
        isHeld,
      );
    }

    const answer = (result: Moved): DeliveryOutcome => {
      if (result === "applied") return { status: "applied", nextOffset: at.nextOffset };
      return result === "fenced"
        ? { status: "fenced", afterFailure: at.afterFailure }
        : { status: "stopped" };
    };

    async function applyDelivery(
      { records, from, next, highWatermark }: Delivery<Log>,
      isHeld: () => boolean,
    ): Promise<DeliveryOutcome> {
      const isElsewhere = from > at.nextOffset || highWatermark < at.nextOffset;
      if (isElsewhere || !(await areOfThisLog(partition, records, at, edges.endOfEpoch)))
        return { status: "elsewhere", nextOffset: at.nextOffset };
      const items: Item<Entry>[] = [];
      for (const record of records) {
        const { offset, body, leaderEpoch } = record;
        if (offset < at.nextOffset) continue;
        items.push({ ...(await reader.read(record, partition)), offset, leaderEpoch, bytes: body.length });
      }
      for (const group of groups(items, limits)) {
        const end = group.at(-1) as Item<Entry>;
        const result = await follow(end.leaderEpoch, isHeld);
        if (result !== "applied") return answer(result);
        const committed = await commit(group, end === items.at(-1) ? next : end.offset + 1, isHeld);
        if (committed !== "applied") return answer(committed);
      }
      if (items.length > 0 || next <= at.nextOffset) return answer("applied");
      const result = await follow(await authorOfHole(next), isHeld);
      return answer(result === "applied" ? await commit([], next, isHeld) : result);
    }

    /** Says, before anything of a leader is applied, that it is from here on that one's. */
    async function follow(leaderEpoch: number | undefined, isHeld: () => boolean): Promise<Moved> {
      const { leaders, nextOffset, agreedWith = -1 } = at;
      if (leaderEpoch === undefined || leaderEpoch <= (leaders.at(-1)?.epoch ?? -1)) return "applied";
      const authors = {
        leaders: withLeader(leaders, leaderEpoch, nextOffset),
        agreedWith: Math.max(agreedWith, leaderEpoch),
      };
      return at.place(nextOffset, authors, isHeld);
    }

    /** Whoever wrote what is left out, as of a transaction that was given up: a leader may have written nothing else yet. */
    async function authorOfHole(end: number): Promise<number | undefined> {
      const { leaders, agreedWith } = at;
      if (agreedWith === undefined || leaders.at(-1)?.epoch === agreedWith) return undefined;
      return authorOf(partition, end - 1, agreedWith, edges.endOfEpoch);
    }

    async function agree(): Promise<DeliveryOutcome> {
      const edge = (await edges.partitions()).get(partition);
      if (!edge) return answer("applied");
      const { low, high, leaderEpoch } = edge;
      const { due, to, leaders, isSame } = await compareWithLog(partition, at, edge, edges.endOfEpoch);
      if (due < at.nextOffset)
        onTrouble(
          `Partition ${partition} ends at ${high}, and what was applied of it is not the same from ${due} to ${at.nextOffset}: the log lost its end, was emptied or restored. It is applied anew from there.`,
          undefined,
        );
      if (low > due) {
        const skipped = await commit([lost(due, low)], low, always);
        if (skipped !== "applied") return answer(skipped);
      }
      return answer(isSame ? "applied" : await at.place(to, { leaders, agreedWith: leaderEpoch }, always));
    }

    /** What the log dropped before it was applied. */
    function lost(due: number, low: number): Item<Entry> {
      const explanation = `Records ${due} to ${low - 1} of partition ${partition} were dropped by the log before they were applied.`;
      onTrouble(explanation, undefined);
      const deadLetter: DeadLetter = {
        offset: due,
        reason: "lost",
        explanation,
        workspace: undefined,
        runs: [],
        headers: {},
        body: new Uint8Array(),
      };
      return { deadLetter, offset: due, leaderEpoch: undefined, bytes: 0 };
    }

    return {
      partition,
      get nextOffset() {
        return at.nextOffset;
      },
      get agreedWith() {
        return at.agreedWith;
      },
      apply: (delivery, isHeld) => inTurn(() => applyDelivery(delivery, isHeld)),
      agree: () => inTurn(agree),
    };
  }

  return { claim };
}

function* groups<Entry>(
  items: readonly Item<Entry>[],
  limits: ApplyLimits,
): Generator<readonly Item<Entry>[]> {
  let start = 0;
  let bytes = 0;
  for (const [i, item] of items.entries()) {
    bytes += item.bytes;
    const isFull = bytes > limits.bytes || i - start >= limits.records;
    if (i > start && (isFull || item.leaderEpoch !== items[start]?.leaderEpoch)) {
      yield items.slice(start, i);
      start = i;
      bytes = item.bytes;
    }
  }
  if (start < items.length) yield items.slice(start);
}

function explain(cause: unknown): string {
  const deepest = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return deepest instanceof Error ? deepest.message : String(deepest);
}
