import { DomainError } from "@runweir/errors";
import type { Applied, DeadLetter } from "./incoming-segment.ts";
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

/** As much of a record as applying needs to know. */
export interface LogPlace {
  readonly offset: number;
  readonly body: Uint8Array;
}

/** What a log delivered of one partition in one go. */
export interface Delivery<Log> {
  /** In the order of their offsets. */
  readonly records: readonly Log[];
  /** Where the log was asked to begin. Holes between here and the first record are the log's own and hold nothing. */
  readonly from: number;
  /** The offset behind the last one delivered, left-out records included. */
  readonly next: number;
  /** The end of the partition: everything below has been accepted. */
  readonly highWatermark: number;
}

/**
 * - `applied`: go on at `nextOffset`.
 * - `elsewhere`: the store does not stand where this was fetched; fetch from `nextOffset`.
 * - `beyond`: the store stands behind the end that the log had when this was fetched. Ask for its end again: if it is
 *   still below, the log was emptied or restored, and `readAnew` is due.
 * - `fenced`: somebody else has claimed the partition (or a commit of ours went through unheard): claim it anew if it
 *   is still ours. `afterFailure` tells the second kind.
 * - `stopped`: `isHeld` said no.
 */
export type DeliveryOutcome =
  | { readonly status: "applied" | "elsewhere" | "beyond"; readonly nextOffset: number }
  | { readonly status: "fenced"; readonly afterFailure: boolean }
  | { readonly status: "stopped" };

/** A partition under a claim of ours. */
export interface HeldPartition<Log> {
  readonly partition: number;
  readonly nextOffset: number;
  /** Applies a delivery; `isHeld` is asked before every transaction. Never rejects for what the store refuses. */
  apply(delivery: Delivery<Log>, isHeld: () => boolean): Promise<DeliveryOutcome>;
  /**
   * Goes back to `offset`. Points are a set and requests are recognised, so applying a log again is safe, while leaving
   * out what is new in it would not be.
   */
  readAnew(offset: number, reason: string): Promise<DeliveryOutcome>;
  /** Goes on at `offset` although what lies before was never applied, and keeps `reason` as a dead letter. */
  skipLost(offset: number, reason: string): Promise<DeliveryOutcome>;
}

interface Item<Entry> {
  readonly entry?: Entry | undefined;
  readonly deadLetter?: DeadLetter | undefined;
  readonly offset: number;
  readonly bytes: number;
}

const longestBackoff = 5_000;
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
    source,
    clock,
    pause,
    limits = defaultLimits,
    unfoldedBytes = 64 * 2 ** 20,
  } = options;
  const onTrouble = options.onTrouble ?? (() => {});

  async function claim(partition: number): Promise<HeldPartition<Log>> {
    const { epoch, nextOffset: first } = await store.claim(source, partition);
    let nextOffset = first;
    let failed = false;
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

    /** From a place that was looked at before; whoever came first may have moved on. */
    async function leave(
      place: number,
      offset: number,
      items: readonly Item<Entry>[],
      reason: string,
    ): Promise<DeliveryOutcome> {
      if (nextOffset !== place) return { status: "elsewhere", nextOffset };
      onTrouble(reason, undefined);
      return answer(await commit(items, offset, () => true));
    }

    /** One transaction, tried again while the store is away. */
    async function commit(
      items: readonly Item<Entry>[],
      next: number,
      isHeld: () => boolean,
    ): Promise<"applied" | "fenced" | "stopped"> {
      const entries = items.flatMap((item) => (item.entry === undefined ? [] : [item.entry]));
      const deadLetters = items.flatMap((item) => (item.deadLetter ? [item.deadLetter] : []));
      const stretch = { source, partition, epoch, offset: nextOffset, nextOffset: next };
      const began = clock.now();
      for (let backoff = 50; ; backoff = Math.min(longestBackoff, backoff * 2)) {
        if (!isHeld()) return "stopped";
        try {
          const applied = await store.apply({ entries, deadLetters, stretch });
          if (applied.status === "fenced") return "fenced";
          nextOffset = next;
          failed = false;
          const seconds = (clock.now() - began) / 1_000;
          options.onApplied?.({ partition, nextOffset, seconds, entries, deadLetters, applied });
          await slowDown(applied.unfoldedBytes);
          return "applied";
        } catch (error) {
          if (!mayPass(error)) return await bisect(items, next, isHeld, error);
          // The commit may have gone through although its answer was lost.
          failed = true;
          onTrouble(`Partition ${partition} waits for the database.`, error);
          await pause(backoff);
        }
      }
    }

    /** One record is at fault: halves find it and let the innocent ones through. */
    async function bisect(
      items: readonly Item<Entry>[],
      next: number,
      isHeld: () => boolean,
      cause: unknown,
    ): Promise<"applied" | "fenced" | "stopped"> {
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

    async function slowDown(measured: ReadonlyMap<number, number>): Promise<void> {
      const excess = (Math.max(0, ...measured.values()) * 2) / unfoldedBytes - 1;
      if (excess > 0) await pause(Math.min(1, excess) * longestSlowdown);
    }

    const answer = (result: "applied" | "fenced" | "stopped"): DeliveryOutcome => {
      if (result === "applied") return { status: "applied", nextOffset };
      return result === "fenced" ? { status: "fenced", afterFailure: failed } : { status: "stopped" };
    };

    async function applyDelivery(
      { records, from, next, highWatermark }: Delivery<Log>,
      isHeld: () => boolean,
    ): Promise<DeliveryOutcome> {
      if (highWatermark < nextOffset) return { status: "beyond", nextOffset };
      if (from > nextOffset) return { status: "elsewhere", nextOffset };
      const items: Item<Entry>[] = [];
      for (const record of records) {
        const { offset, body } = record;
        if (offset < nextOffset) continue;
        items.push({ ...(await reader.read(record, partition)), offset, bytes: body.length });
      }
      for (const group of groups(items, limits)) {
        const end = group.at(-1) as Item<Entry>;
        const result = await commit(group, end === items.at(-1) ? next : end.offset + 1, isHeld);
        if (result !== "applied") return answer(result);
      }
      if (items.length === 0 && next > nextOffset) return answer(await commit([], next, isHeld));
      return { status: "applied", nextOffset };
    }

    return {
      partition,
      get nextOffset() {
        return nextOffset;
      },

      apply: (delivery, isHeld) => inTurn(() => applyDelivery(delivery, isHeld)),

      readAnew(offset, reason) {
        const place = nextOffset;
        return inTurn(() => leave(place, offset, [], reason));
      },

      skipLost(offset, reason) {
        const place = nextOffset;
        const deadLetter: DeadLetter = {
          offset: place,
          reason: "lost",
          explanation: reason,
          workspace: undefined,
          runs: [],
          headers: {},
          body: new Uint8Array(),
        };
        return inTurn(() => leave(place, offset, [{ deadLetter, offset: place, bytes: 0 }], reason));
      },
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
    if (i > start && (bytes > limits.bytes || i - start >= limits.records)) {
      yield items.slice(start, i);
      start = i;
      bytes = item.bytes;
    }
  }
  if (start < items.length) yield items.slice(start);
}

function mayPass(error: unknown): boolean {
  return error instanceof DomainError && (error.code === "unavailable" || error.code === "storage_full");
}

function explain(cause: unknown): string {
  const deepest = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return deepest instanceof Error ? deepest.message : String(deepest);
}
