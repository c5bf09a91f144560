import {
  type AppliedState,
  type AppliedStretch,
  createLogConsumer,
  createPartitionApplier,
  type Delivery,
  type LogPlace,
  type LogReader,
  type LogStore,
} from "@runweir/ingest-domain";
import { openLogView } from "@runweir/kafka";
import type { Batch, Kafka, KafkaMessage } from "kafkajs";
import { logEdges } from "./log-edges.ts";
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
  readonly topic: LogTopic;
  readonly content: TopicContent<Log, Entry>;
  readonly store: LogStore<Entry, Outcome>;
  readonly state: Pick<AppliedState, "positions">;
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

/** Applies a topic, see `createLogConsumer`; kafkajs fetches and keeps the membership of the group. */
export async function startKafkaConsumer<Log extends LogPlace, Entry, Outcome>(
  options: KafkaConsumerOptions<Log, Entry, Outcome>,
): Promise<ConsumerState> {
  const { kafka, content, onTrouble, sessionMs = 10_000 } = options;
  const { topic, source } = options.topic;
  let lastFetchAt = performance.now();
  /** Keeps the membership alive while a delivery waits; kafkajs shares it among partitions. */
  let heartbeat: () => Promise<void> = async () => {};

  async function pause(milliseconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await heartbeat().catch(() => {});
  }

  const view = openLogView(kafka, topic);
  const edges = logEdges(view);
  const applier = createPartitionApplier({
    store: options.store,
    reader: content.reader,
    edges,
    source,
    clock: performance,
    onTrouble,
    onApplied(stretch) {
      options.onApplied?.(stretch);
      // A delivery may take many transactions, each of many statements.
      heartbeat().catch(() => {});
    },
    pause,
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
  const partitions = createLogConsumer({
    applier,
    seek: (partition, offset) => consumer.seek({ topic, partition, offset: String(offset) }),
    edges,
    positions: () => options.state.positions(source),
    pause,
    random: options.random,
    onFenced: options.onFenced,
    onTrouble,
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    partitions.assign(payload.memberAssignment[topic] ?? []);
  });
  consumer.on(consumer.events.FETCH, () => {
    lastFetchAt = performance.now();
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => options.onCrash(payload.error));

  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const { partition, firstOffset, lastOffset, highWatermark } = payload as FilteredBatch;
    // A batch of which nothing is left is not handed to us.
    if (payload.batchSize > 0 || firstOffset === null) return;
    const [from, next] = [Number(firstOffset), Number(lastOffset) + 1];
    partitions
      .pass(partition, { from, next, highWatermark: Number(highWatermark) })
      .catch((error: unknown) => onTrouble(`Partition ${partition} was not moved on.`, error));
  });

  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    async eachBatch(payload) {
      const { batch, resolveOffset, isStale } = payload;
      heartbeat = payload.heartbeat;
      if (isStale()) return;
      try {
        await partitions.deliver(batch.partition, deliveryOf(batch, content.toRecord), (next) =>
          resolveOffset(String(next - 1)),
        );
      } catch (error) {
        if (isGroupMessage(error)) throw error;
        // kafkajs ends a consumer for an unknown error; a place to go on from is all it needs.
        await partitions.fetchAgain(batch.partition, error);
      }
    },
  });

  let verifying = false;
  const timer = setInterval(() => {
    if (verifying) return;
    verifying = true;
    partitions
      .verify()
      // The database or the broker is away: whoever meets that says so.
      .catch(() => {})
      .finally(() => {
        verifying = false;
      });
  }, verifyEveryMs);

  return {
    positions: partitions.positions,
    get lastFetchAt() {
      return lastFetchAt;
    },
    async stop() {
      partitions.stop();
      clearInterval(timer);
      await Promise.all([consumer.disconnect(), view.close()]);
    },
  };
}

/** Which leader took a record; kafkajs's types do not say that it tells. */
export function leaderEpochOf(message: KafkaMessage): number | undefined {
  const { batchContext } = message as KafkaMessage & {
    readonly batchContext?: { readonly partitionLeaderEpoch: number };
  };
  // -1: of a record from before Kafka 0.11.
  return batchContext && batchContext.partitionLeaderEpoch >= 0
    ? batchContext.partitionLeaderEpoch
    : undefined;
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
