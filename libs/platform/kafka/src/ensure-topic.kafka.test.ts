import { kafkaMissing, testKafkaSettings } from "@runweir/kafka-broker/testing";
import type { Admin } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusterName } from "./cluster-name.ts";
import { ensureTopic, type TopicSpec } from "./ensure-topic.ts";
import { openKafka } from "./open-kafka.ts";

const silent = { warn() {}, debug() {} };

describe.skipIf(kafkaMissing)("topics on a real broker", () => {
  const settings = testKafkaSettings();
  const spec = (name: string): TopicSpec => ({
    topic: `${settings.topicPrefix}.${name}`,
    partitions: 4,
    replication: undefined,
    retentionMs: 3_600_000,
    messageBytesMax: 4_194_304,
  });
  let admin: Admin;
  beforeAll(async () => {
    admin = openKafka(settings, "test", silent).admin();
    await admin.connect();
  });
  afterAll(() => admin?.disconnect());

  test("one that is not there is made as it is needed, one that is there is verified", async () => {
    await ensureTopic(admin, spec("made"));
    await ensureTopic(admin, spec("made"));
    const { topics } = await admin.fetchTopicMetadata({ topics: [spec("made").topic] });
    expect(topics[0]?.partitions).toHaveLength(4);
  });

  test("several services that start at once make it once", async () => {
    await Promise.all(Array.from({ length: 4 }, () => ensureTopic(admin, spec("raced"))));
  });

  test("all that differs is said in one error", async () => {
    const { topic } = spec("foreign");
    await admin.createTopics({
      topics: [
        {
          topic,
          numPartitions: 3,
          configEntries: [
            { name: "cleanup.policy", value: "compact" },
            { name: "retention.ms", value: "1000" },
            { name: "max.message.bytes", value: "1000" },
            { name: "unclean.leader.election.enable", value: "true" },
          ],
        },
      ],
    });
    const refusal = ensureTopic(admin, spec("foreign"));
    await expect(refusal).rejects.toMatchObject({ code: "failed_precondition", reason: "kafka_topic" });
    for (const part of [
      `Topic ${topic} cannot be used`,
      "it has 3 partitions, needed are exactly 4",
      "cleanup.policy is compact",
      "max.message.bytes is 1000",
      "retention.ms is 1000",
      "unclean.leader.election.enable is true",
    ])
      await expect(refusal).rejects.toThrow(part);
  });

  test("one that others write to unpacks what they send, and keeps its own time", async () => {
    const open: TopicSpec = { ...spec("open"), foreignWriters: true };
    await ensureTopic(admin, open);
    await ensureTopic(admin, open);
    await ensureTopic(admin, spec("ours"));
    const refusal = ensureTopic(admin, { ...spec("ours"), foreignWriters: true });
    await expect(refusal).rejects.toThrow("compression.type is producer, needed is uncompressed");
    await expect(refusal).rejects.toThrow("message.timestamp.type is CreateTime, needed is LogAppendTime");
  });

  test("a cluster says its name", async () => {
    expect(await clusterName(admin)).toMatch(/^[\w-]{22}$/);
  });

  test("one that is not there is one clear error", async () => {
    const away = openKafka({ ...settings, brokers: ["127.0.0.1:1"] }, "test", silent).admin();
    await expect(clusterName(away)).rejects.toThrow(/Kafka does not answer: .*RUNWEIR_KAFKA_BROKERS/);
    await away.disconnect();
  });
});
