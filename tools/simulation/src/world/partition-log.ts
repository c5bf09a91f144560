import { type DeadLetterReason, digestOf, type LeaderTerm, type LogRecord } from "@runweir/ingest-domain";

/** What a record is, apart from where and when the log took it. */
export type RecordContent = Omit<LogRecord, "offset" | "loggedAt" | "leaderEpoch">;

export interface LoggedRecord extends LogRecord {
  /** See `recordName`. */
  readonly name: string;
  /** Why nobody can apply it, if that is so. */
  readonly poison: DeadLetterReason | undefined;
  /** The log dropped it, or lost it when it was put back. */
  gone: "dropped" | "reset" | undefined;
  /** That happened before it was applied: a declared loss, not ours. */
  lost: boolean;
}

/** What a record is to somebody who applies it. */
export function recordName(offset: number | undefined, digest: string): string {
  return `${offset}/${digest}`;
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
  /** Who leads: grows with every leader, also of a log that was put back. */
  leaderEpoch: number;
  /** Of which leaders it has records, as far as Kafka remembers them. */
  terms: readonly LeaderTerm[];
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
        leaderEpoch: 0,
        terms: [{ epoch: 0, from: 0 }],
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
    const record: LoggedRecord = {
      ...content,
      offset,
      leaderEpoch: into.leaderEpoch,
      name: recordName(offset, digestOf(content.body)),
      loggedAt: now,
      poison,
      gone: undefined,
      lost: false,
    };
    into.records.set(offset, record);
    into.history.push(record);
    into.high = offset + 1;
    return offset;
  }

  /** A leader that has written nothing is forgotten when the next one begins. */
  function lead(led: LogPartition): void {
    led.leaderEpoch += 1;
    const before = led.terms.filter(({ from }) => from < led.high);
    led.terms = [...before, { epoch: led.leaderEpoch, from: led.high }];
  }

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
    newProducer: () => {
      producerIds += 1;
      return producerIds;
    },

    /** The offset of the first record; for a batch that was taken before, the one it got then. */
    append(batch: ProducerBatch, now: number): number {
      const into = partition(batch.partition);
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
      write(partition(number), content, now, poison);
    },

    /** An offset without a record before the next one, as removed or control records leave it. */
    leaveHole(number: number): void {
      partition(number).skipped += 1;
    },

    /** The log drops what lies below `low`, and says what that was. */
    dropBelow(number: number, low: number): readonly LoggedRecord[] {
      const from = partition(number);
      from.low = Math.max(from.low, Math.min(low, from.high));
      from.terms = from.terms
        .filter((_, i) => (from.terms[i + 1]?.from ?? Number.POSITIVE_INFINITY) > from.low)
        .map((term) => ({ ...term, from: Math.max(term.from, from.low) }));
      return remove(from, (record) => record.offset < from.low, "dropped");
    },

    changeLeader: (number: number) => lead(partition(number)),

    /** As Kafka's OffsetForLeaderEpoch. */
    endOfEpoch(number: number, epoch: number): { readonly epoch: number; readonly end: number } | undefined {
      const { terms, leaderEpoch, high, skipped } = partition(number);
      if (epoch > leaderEpoch) return undefined;
      if (epoch === leaderEpoch) return { epoch, end: high + skipped };
      const later = terms.find((term) => term.epoch > epoch) as LeaderTerm;
      return { epoch: terms.findLast((term) => term.epoch <= epoch)?.epoch ?? epoch, end: later.from };
    },

    /** The partition comes back empty or with only its first records, under another leader, and gives the offsets out once more. */
    reset(number: number, high: number): readonly LoggedRecord[] {
      const from = partition(number);
      resets += 1;
      from.producers.clear();
      from.skipped = 0;
      const gone = remove(from, (record) => record.offset >= high, "reset");
      const last = Math.max(-1, ...from.records.keys());
      from.high = last < 0 ? high : last + 1;
      from.low = last < 0 ? high : from.low;
      from.terms = from.terms.filter((term) => term.from < from.high);
      lead(from);
      return gone;
    },
  };
}

export type PartitionLog = ReturnType<typeof createPartitionLog>;
