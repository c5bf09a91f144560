import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findMissingTool } from "./ensure-jars.ts";
import { type KafkaCluster, startKafka } from "./start-kafka.ts";

// Without Java or Maven the suite is skipped aloud; a strict run (continuous integration) must have them.
const missing = await findMissingTool();
if (missing && process.env.RUNWEIR_STRICT === "1") throw new Error(missing);
if (missing) console.warn(`SKIPPED, the Kafka suite: ${missing}`);

let folder: string;
let cluster: KafkaCluster;

beforeAll(async () => {
  if (missing) return;
  folder = await mkdtemp(join(tmpdir(), "runweir-kafka-"));
  cluster = await startKafka({ folder });
});

afterAll(async () => {
  if (missing) return;
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

test.skipIf(missing)(
  "what was acknowledged is still there after the broker was killed and started again",
  async () => {
    const kafka = new Kafka({ brokers: [...cluster.addresses], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "points", numPartitions: 2 }] });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: "points", acks: -1, messages: [{ partition: 1, value: "kept" }] });
    await producer.disconnect();
    await admin.disconnect();

    const [broker] = cluster.brokers;
    const ended = new Promise((resolve) => broker?.process?.once("exit", resolve));
    broker?.process?.kill("SIGKILL");
    await ended;
    await broker?.start();

    const reader = kafka.admin();
    await reader.connect();
    const offsets = await reader.fetchTopicOffsets("points");
    await reader.disconnect();
    expect(offsets.find(({ partition }) => partition === 1)?.high).toBe("1");
  },
);

test.skipIf(missing)("a topic that nobody made is refused", async () => {
  const producer = new Kafka({
    brokers: [...cluster.addresses],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  }).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await expect(producer.send({ topic: "unknown", messages: [{ value: "x" }] })).rejects.toThrow(
    /does not host this topic/,
  );
  await producer.disconnect();
});
