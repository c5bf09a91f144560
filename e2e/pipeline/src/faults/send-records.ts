import type { Message } from "kafkajs";
import type { System } from "../parts/start-system.ts";

/** Writes records straight into the topic of points, as nobody but the product should. */
export async function sendRecords(system: System, messages: readonly Message[]): Promise<void> {
  const producer = system.client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    await producer.send({ topic: system.topic.topic, acks: -1, messages: [...messages] });
  } finally {
    await producer.disconnect();
  }
}
