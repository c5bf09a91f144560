import type { Message } from "kafkajs";
import type { System } from "../parts/start-system.ts";
import { sendRecords } from "./send-records.ts";

const mark = "again";

/** Writes every record that comes while `work` runs into the log once more; returns how many those were. */
export async function duplicateRecords(system: System, work: () => Promise<void>): Promise<number> {
  const { topic } = system.topic;
  let copies = 0;
  const consumer = system.client.consumer({ groupId: `faults.copier.${performance.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      const again = batch.messages
        .filter(({ headers }) => !headers?.[mark])
        .map(
          ({ key, value, headers }): Message => ({
            partition: batch.partition,
            key,
            value,
            headers: { ...headers, [mark]: "1" },
          }),
        );
      if (again.length === 0) return;
      await sendRecords(system, again);
      copies += again.length;
    },
  });
  try {
    await work();
  } finally {
    await consumer.disconnect();
  }
  return copies;
}
