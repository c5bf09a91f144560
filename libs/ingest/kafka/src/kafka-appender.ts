import { unreachable } from "@runweir/kafka";
import type { Kafka, Message, Producer, RecordMetadata } from "kafkajs";
import { CompressionTypes, Partitioners } from "kafkajs";

interface Waiting {
  readonly message: Message;
  readonly bytes: number;
  resolve(offset: number): void;
  reject(error: unknown): void;
}

export interface AppenderOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly batchBytes: number;
  /** How long a send may take, retries included, before its records are refused. */
  readonly deadlineMs: number;
  readonly onTrouble?: ((message: string, error: unknown) => void) | undefined;
}

const recordsPerSend = 2_000;

/**
 * Appends records to a topic in groups: while one send is under way, later records wait and then go together. Idempotent,
 * so that a retry inside a send never doubles a record.
 */
export class KafkaAppender {
  readonly #options: AppenderOptions;
  #producer: Promise<Producer> | undefined;
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(options: AppenderOptions) {
    this.#options = options;
  }

  /** Resolves with the record's offset once all in-sync replicas have it. */
  append(message: Message, bytes: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ message, bytes, resolve, reject });
      // In a microtask, so that requests of the same tick share the first send.
      this.#running ??= Promise.resolve().then(() => this.#run());
    });
  }

  async close(): Promise<void> {
    await this.#running;
    const producer = await this.#producer?.catch(() => undefined);
    await producer?.disconnect().catch(() => {});
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) await this.#send(this.#takeGroup());
    this.#running = undefined;
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < recordsPerSend) {
      bytes += (this.#queue[count] as Waiting).bytes;
      if (count > 0 && bytes > this.#options.batchBytes) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  /** Never rejects: every record of the group gets its own answer. */
  async #send(group: readonly Waiting[]): Promise<void> {
    const { topic, deadlineMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    try {
      const sent = this.#connected().then((producer) =>
        producer.send({
          topic,
          acks: -1,
          timeout: 8_000,
          compression: CompressionTypes.None,
          messages: group.map((waiting) => waiting.message),
        }),
      );
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
      });
      answer(group, await Promise.race([sent, late]));
    } catch (error) {
      this.#replaceProducer();
      this.#options.onTrouble?.("Metrics could not be appended to the log.", error);
      for (const waiting of group) waiting.reject(unreachable(error));
    } finally {
      clearTimeout(timer);
    }
  }

  #connected(): Promise<Producer> {
    this.#producer ??= (async () => {
      const producer = this.#options.kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
        retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
      });
      await producer.connect();
      return producer;
    })();
    return this.#producer;
  }

  /**
   * A failed send may have reached the broker after all. kafkajs gives its sequence numbers to the next records, which
   * the broker would then take for a repetition and drop while it acknowledges them. A new producer has a new identity.
   */
  #replaceProducer(): void {
    const old = this.#producer;
    this.#producer = undefined;
    old?.then((producer) => producer.disconnect()).catch(() => {});
  }
}

function answer(group: readonly Waiting[], metadata: readonly RecordMetadata[]): void {
  const next = new Map(metadata.map((one) => [one.partition, Number(one.baseOffset)]));
  for (const waiting of group) {
    const partition = waiting.message.partition as number;
    const offset = next.get(partition);
    if (offset === undefined || Number.isNaN(offset) || offset < 0)
      throw new Error(`the broker did not say where partition ${partition} took the records`);
    next.set(partition, offset + 1);
    waiting.resolve(offset);
  }
}
