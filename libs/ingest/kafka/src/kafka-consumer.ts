import {
  type AppliedState,
  type AppliedStretch,
  createPartitionApplier,
  type Delivery,
  type DeliveryOutcome,
  type HeldPartition,
  type LogPlace,
  type LogReader,
  type LogStore,
} from "@runweir/ingest-domain";
import { unreachable } from "@runweir/kafka";
import type { Admin, Batch, EachBatchPayload, Kafka, KafkaMessage } from "kafkajs";
import type { LogTopic } from "./log-topic.ts";

/** What the records of a topic are, and how they are read. */
export interface TopicContent<Log, Entry> {
  readonly toRecord: (message: KafkaMessage) => Log;
  readonly reader: LogReader<Log, Entry>;
  /** Whether others may write in transactions, whose records count once they are committed. */
  readonly transactions: boolean;
}

export interface KafkaConsumerOptions<Log, Entry, Outcome> {
  readonly kafka: Kafka;
  /** Connected. */
  readonly admin: Admin;
  readonly topic: LogTopic;
  readonly content: TopicContent<Log, Entry>;
  readonly store: LogStore<Entry, Outcome>;
  readonly state: Pick<AppliedState, "nextOffsets">;
  /** Members of one group share the partitions. */
  readonly groupId: string;
  readonly random: () => number;
  readonly onApplied?: ((stretch: AppliedStretch<Entry, Outcome>) => void) | undefined;
  readonly onFenced?: ((partition: number) => void) | undefined;
  readonly onTrouble: (message: string, error: unknown) => void;
  /** The client gave up for good; this consumer is of no use any more. */
  readonly onCrash: (error: unknown) => void;
  readonly sessionMs?: number;
}

export interface ConsumerState {
  /** The partitions that are ours, and where each stands. */
  positions(): ReadonlyMap<number, number>;
  /** Milliseconds of `performance.now()` at which the broker last answered. */
  readonly lastFetchAt: number;
  stop(): Promise<void>;
}

const verifyEveryMs = 3_000;

/**
 * Applies a topic. The group shares out the partitions; who may write is decided by the claims in the store, so
 * that a member which the group has forgotten, or two that believe to own one partition, do no harm.
 */
export async function startKafkaConsumer<Log extends LogPlace, Entry, Outcome>(
  options: KafkaConsumerOptions<Log, Entry, Outcome>,
): Promise<ConsumerState> {
  const { kafka, admin, content, onTrouble, random, sessionMs = 10_000 } = options;
  const { topic, source } = options.topic;
  const held = new Map<number, HeldPartition<Log>>();
  const claims = new Map<number, Promise<HeldPartition<Log>>>();
  const passing = new Map<number, Promise<void>>();
  let assigned = new Set<number>();
  let stopping = false;
  let lastFetchAt = performance.now();
  /** Keeps the membership alive while a delivery waits; kafkajs shares it among partitions. */
  let heartbeat: () => Promise<void> = async () => {};

  const applier = createPartitionApplier({
    store: options.store,
    reader: content.reader,
    source,
    clock: performance,
    onTrouble,
    ...(options.onApplied ? { onApplied: options.onApplied } : {}),
    async pause(milliseconds) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await heartbeat().catch(() => {});
    },
  });

  const consumer = kafka.consumer({
    groupId: options.groupId,
    sessionTimeout: sessionMs,
    heartbeatInterval: Math.floor(sessionMs / 5),
    rebalanceTimeout: sessionMs * 2,
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 4 * 2 ** 20,
    maxBytes: 32 * 2 ** 20,
    readUncommitted: !content.transactions,
    allowAutoTopicCreation: false,
    metadataMaxAge: 60_000,
    // Never started again by kafkajs itself: it would do so even after it was told to disconnect, and then be a member
    // that is given partitions and applies nothing.
    retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 4, restartOnFailure: async () => false },
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const now = new Set(payload.memberAssignment[topic] ?? []);
    for (const partition of held.keys()) if (!now.has(partition)) held.delete(partition);
    assigned = now;
    // At once, not with the first record: a store that was put back to an earlier state must be caught up unasked.
    for (const partition of now)
      if (!held.has(partition))
        claim(partition).catch((error) => onTrouble(`Partition ${partition} was not claimed.`, error));
  });
  consumer.on(consumer.events.FETCH, () => {
    lastFetchAt = performance.now();
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => options.onCrash(payload.error));

  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    if (payload.batchSize === 0) passBy(payload);
  });

  const isHeld = (partition: number) => !stopping && assigned.has(partition);

  /** Claims a partition, once at a time; fetching then begins where the store stands. */
  function claim(partition: number): Promise<HeldPartition<Log>> {
    const begun = claims.get(partition);
    if (begun) return begun;
    const claimed = applier
      .claim(partition)
      .then((own) => {
        if (isHeld(partition)) {
          held.set(partition, own);
          seek(partition, own.nextOffset);
        }
        return own;
      })
      .finally(() => claims.delete(partition));
    claims.set(partition, claimed);
    return claimed;
  }

  function seek(partition: number, offset: number): void {
    consumer.seek({ topic, partition, offset: String(offset) });
  }

  /**
   * A batch of which nothing is left, as of a transaction that was given up, is not handed to us; the position moves behind
   * it all the same. Otherwise it would lag for as long as nothing else comes.
   */
  function passBy({ partition, firstOffset, lastOffset, highWatermark }: FilteredBatch): void {
    const own = held.get(partition);
    if (!own || firstOffset === null) return;
    const from = Number(firstOffset);
    const delivery = {
      records: [],
      from,
      next: Number(lastOffset) + 1,
      highWatermark: Number(highWatermark),
    };
    const passed = (passing.get(partition) ?? Promise.resolve())
      .then(() => own.apply(delivery, () => isHeld(partition)))
      .then((outcome) => follow(own, outcome, () => {}))
      .catch((error: unknown) => onTrouble(`Partition ${partition} was not moved on.`, error));
    passing.set(partition, passed);
  }

  async function onBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, isStale } = payload;
    heartbeat = payload.heartbeat;
    const { partition } = batch;
    await passing.get(partition);
    if (isStale() || !isHeld(partition)) return;
    const own = held.get(partition);
    if (!own) {
      // Fetched before the claim, so perhaps from another place than the claim asks for.
      await claim(partition);
      return;
    }
    await follow(own, await own.apply(deliveryOf(batch, content.toRecord), () => isHeld(partition)), (next) =>
      resolveOffset(String(next - 1)),
    );
  }

  async function follow(
    own: HeldPartition<Log>,
    outcome: DeliveryOutcome,
    resolve: (nextOffset: number) => void,
  ): Promise<void> {
    const { partition } = own;
    switch (outcome.status) {
      case "applied":
        return resolve(outcome.nextOffset);
      case "stopped":
        return;
      case "fenced":
        held.delete(partition);
        options.onFenced?.(partition);
        // Two members that both believe to own a partition must not take it from each other in turns.
        if (!outcome.afterFailure) await new Promise((go) => setTimeout(go, 200 + random() * 800));
        if (isHeld(partition)) await claim(partition);
        return;
      case "elsewhere":
      case "beyond":
        return align(own, outcome.status);
    }
  }

  /** The store stands where the log has nothing: it may have been emptied, restored, or have dropped what was due. */
  async function align(own: HeldPartition<Log>, found: "elsewhere" | "beyond"): Promise<void> {
    const { partition, nextOffset } = own;
    const offsets = await admin.fetchTopicOffsets(topic).catch((error: unknown) => {
      throw unreachable(error);
    });
    const place = offsets.find((one) => one.partition === partition);
    const [low, high] = [Number(place?.low ?? 0), Number(place?.high ?? 0)];
    if (found === "beyond" && high < nextOffset)
      await own.readAnew(
        low,
        `Partition ${partition} ends at ${high}, but was applied up to ${nextOffset}: the log was emptied or restored. It is applied anew from ${low}.`,
      );
    else if (low > nextOffset)
      await own.skipLost(
        low,
        `Records ${nextOffset} to ${low - 1} of partition ${partition} were dropped by the log before they were applied.`,
      );
    seek(partition, own.nextOffset);
  }

  /**
   * Where no record comes, none shows that the store was put back to an earlier state, or that the log dropped what was
   * due. Positions only grow, so one that is found lower than it was before the question was put back.
   */
  async function verify(): Promise<void> {
    const known = new Map([...held].map(([partition, { nextOffset }]) => [partition, nextOffset]));
    const stored = await options.state.nextOffsets(source);
    const places = await admin.fetchTopicOffsets(topic);
    for (const [partition, next] of known) {
      const own = held.get(partition);
      const place = places.find((one) => one.partition === partition);
      if (!own || !place || claims.has(partition) || !isHeld(partition)) continue;
      if ((stored.get(partition) ?? 0) < next) {
        onTrouble(`Partition ${partition} was put back; it is claimed anew.`, undefined);
        held.delete(partition);
        await claim(partition);
      } else if (Number(place.high) < next) await align(own, "beyond");
      else if (Number(place.low) > own.nextOffset) await align(own, "elsewhere");
    }
  }

  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: (payload) => onBatch(payload).catch((error) => fetchAgain(payload, error)),
  });

  let verifying = false;
  const timer = setInterval(() => {
    if (verifying) return;
    verifying = true;
    verify()
      // The database or the broker is away: whoever meets that says so.
      .catch(() => {})
      .finally(() => {
        verifying = false;
      });
  }, verifyEveryMs);

  /** kafkajs ends a consumer for an unknown error; a place to go on from is all it needs. */
  async function fetchAgain({ batch }: EachBatchPayload, error: unknown): Promise<void> {
    if (isGroupMessage(error)) throw error;
    onTrouble(`A delivery of partition ${batch.partition} failed; it is fetched again.`, error);
    await new Promise((go) => setTimeout(go, 500));
    const own = held.get(batch.partition);
    if (own) seek(batch.partition, own.nextOffset);
  }

  return {
    positions: () => new Map([...held].map(([partition, { nextOffset }]) => [partition, nextOffset])),
    get lastFetchAt() {
      return lastFetchAt;
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await consumer.disconnect();
    },
  };
}

/** As kafkajs tells of it; its types do not say that the offset may be null. */
interface FilteredBatch {
  readonly partition: number;
  readonly firstOffset: string | null;
  readonly lastOffset: string;
  readonly highWatermark: string;
}

function deliveryOf<Log>(batch: Batch, toRecord: (message: KafkaMessage) => Log): Delivery<Log> {
  return {
    records: batch.messages.map(toRecord),
    from: Number((batch as Batch & { readonly fetchedOffset: string }).fetchedOffset),
    next: Number(batch.lastOffset()) + 1,
    highWatermark: Number(batch.highWatermark),
  };
}

/** The group rebalances or has forgotten us: kafkajs joins again when it hears of it. */
function isGroupMessage(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith("KafkaJS");
}
