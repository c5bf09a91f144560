import type { OutgoingSegment, RecordSender } from "@runweir/ingest-domain";
import { CompressionTypes, type Kafka, Partitioners } from "kafkajs";
import { encodeQuickly } from "./encode-quickly.ts";
import { toMessage } from "./point-message.ts";

encodeQuickly();

/**
 * A producer that is idempotent, so that a retry inside a send never doubles a record. After a failed send it must not be
 * used again: kafkajs would give the sequence numbers of the failed records to the next ones.
 */
export async function connectProducer(kafka: Kafka, topic: string): Promise<RecordSender<OutgoingSegment>> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
  });
  await producer.connect();
  return {
    /** Resolves once all in-sync replicas have the records. */
    async send(segments) {
      const sent = await producer.send({
        topic,
        acks: -1,
        timeout: 8_000,
        compression: CompressionTypes.None,
        messages: segments.map(toMessage),
      });
      return new Map(sent.map((one) => [one.partition, Number(one.baseOffset)]));
    },
    close: () => producer.disconnect(),
  };
}
