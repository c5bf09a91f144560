import type { DeadLetterReason, LogRecord } from "@runweir/ingest-domain";

/** What a record is, apart from where and when the log took it. */
export type RecordContent = Omit<LogRecord, "offset" | "loggedAt">;

export interface LoggedRecord extends LogRecord {
  /** Why nobody can apply it, if that is so. */
  readonly poison: DeadLetterReason | undefined;
  /** The log dropped it, or lost it when it was put back. */
  gone: "dropped" | "reset" | undefined;
  /** That happened before it was applied: a declared loss, not ours. */
  lost: boolean;
}

/** What a producer sends: numbered without gaps within a partition, so that the log recognises a repetition. */
export interface ProducerBatch {
  readonly producerId: number;
  readonly partition: number;
  readonly firstSequence: number;
  readonly records: readonly RecordContent[];
}

interface ProducerState {
  next: number;
  /** The log remembers the last five batches of a producer. */
  readonly batches: { readonly first: number; readonly count: number; readonly offset: number }[];
}

export interface LogPartition {
  readonly number: number;
  low: number;
  /** The high watermark: one broker, so what it took is replicated at once. */
  high: number;
  /** Offsets that the next record leaves out. */
  skipped: number;
  readonly records: Map<number, LoggedRecord>;
  /** Every record that it ever took, also those that are gone. */
  readonly history: LoggedRecord[];
  readonly producers: Map<number, ProducerState>;
  /** It was put back and nobody has noticed yet: for the time being it takes nothing that would make it end here. */
  endsBelow: number | undefined;
}

/** A batch came out of order; the producer must give up. */
export class OutOfOrderSequence extends Error {
  override readonly name = "OutOfOrderSequence";
}

export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

/** A partitioned log in memory, as Kafka promises it to an idempotent producer and to consumers. */
export function createPartitionLog(partitions: readonly number[]) {
  const all = new Map(
    partitions.map((number): [number, LogPartition] => [
      number,
      {
        number,
        low: 0,
        high: 0,
        skipped: 0,
        records: new Map(),
        history: [],
        producers: new Map(),
        endsBelow: undefined,
      },
    ]),
  );
  let producerIds = 0;
  let resets = 0;

  function partition(number: number): LogPartition {
    const found = all.get(number);
    if (!found) throw new NotTaken(`there is no partition ${number}`);
    return found;
  }

  function write(into: LogPartition, content: RecordContent, now: number, poison?: DeadLetterReason): number {
    const offset = into.high + into.skipped;
    into.skipped = 0;
    const record: LoggedRecord = { ...content, offset, loggedAt: now, poison, gone: undefined, lost: false };
    into.records.set(offset, record);
    into.history.push(record);
    into.high = offset + 1;
    return offset;
  }

  const takes = ({ high, skipped, endsBelow }: LogPartition, count: number): boolean =>
    endsBelow === undefined || high + skipped + count < endsBelow;

  function remove(
    from: LogPartition,
    isGone: (record: LoggedRecord) => boolean,
    how: "dropped" | "reset",
  ): readonly LoggedRecord[] {
    const gone = [...from.records.values()].filter(isGone);
    for (const record of gone) {
      from.records.delete(record.offset);
      record.gone = how;
    }
    return gone;
  }

  return {
    partition,
    partitions: () => [...all.values()],
    get resets() {
      return resets;
    },
    /** A position that is no longer behind the end of its partition: somebody has noticed that it was put back. */
    notice(positions: ReadonlyMap<number, { readonly nextOffset: number }>): void {
      if (resets === 0) return;
      for (const into of all.values())
        if ((positions.get(into.number)?.nextOffset ?? 0) <= into.high) into.endsBelow = undefined;
    },
    newProducer: () => {
      producerIds += 1;
      return producerIds;
    },

    /** The offset of the first record; for a batch that was taken before, the one it got then. */
    append(batch: ProducerBatch, now: number): number {
      const into = partition(batch.partition);
      if (!takes(into, batch.records.length))
        throw new NotTaken(`partition ${batch.partition} has no leader`);
      const state = into.producers.get(batch.producerId) ?? { next: 0, batches: [] };
      into.producers.set(batch.producerId, state);
      const count = batch.records.length;
      const before = state.batches.find((one) => one.first === batch.firstSequence && one.count === count);
      if (before) return before.offset;
      if (batch.firstSequence !== state.next)
        throw new OutOfOrderSequence(`expected ${state.next}, got ${batch.firstSequence}`);
      const offset = into.high + into.skipped;
      for (const content of batch.records) write(into, content, now);
      state.next += count;
      state.batches.push({ first: batch.firstSequence, count, offset });
      if (state.batches.length > 5) state.batches.shift();
      return offset;
    },

    /** A record of somebody who does not keep to the rules. */
    appendPoison(number: number, content: RecordContent, poison: DeadLetterReason, now: number): void {
      const into = partition(number);
      if (takes(into, 1)) write(into, content, now, poison);
    },

    /** An offset without a record before the next one, as removed or control records leave it. */
    leaveHole(number: number): void {
      partition(number).skipped += 1;
    },

    /** The log drops what lies below `low`, and says what that was. */
    dropBelow(number: number, low: number): readonly LoggedRecord[] {
      const from = partition(number);
      from.low = Math.max(from.low, Math.min(low, from.high));
      return remove(from, (record) => record.offset < from.low, "dropped");
    },

    /** The partition comes back empty or with only its first records, and gives the offsets out once more. */
    reset(number: number, high: number, endsBelow: number): readonly LoggedRecord[] {
      const from = partition(number);
      from.endsBelow = endsBelow;
      resets += 1;
      from.producers.clear();
      from.skipped = 0;
      const gone = remove(from, (record) => record.offset >= high, "reset");
      const last = Math.max(-1, ...from.records.keys());
      from.high = last < 0 ? high : last + 1;
      from.low = last < 0 ? high : from.low;
      return gone;
    },
  };
}

export type PartitionLog = ReturnType<typeof createPartitionLog>;
