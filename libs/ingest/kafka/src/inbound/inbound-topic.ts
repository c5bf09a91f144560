import { inboundTopicName } from "@runweir/ingest-inbound";
import { clusterName, ensureTopic, type KafkaSettings } from "@runweir/kafka";
import type { Admin } from "kafkajs";
import type { LogTopic } from "../log-topic.ts";

/** More would let more consumers work side by side, but what producers address by number must not change. */
const partitions = 16;
const messageBytesMax = 8 * 2 ** 20;

/** Makes or verifies the topic that anybody may write to. Fails with `failed_precondition`. */
export async function openInboundTopic(admin: Admin, settings: KafkaSettings): Promise<LogTopic> {
  const cluster = await clusterName(admin);
  const topic = inboundTopicName(settings.topicPrefix);
  await ensureTopic(admin, {
    topic,
    partitions,
    replication: settings.replication,
    retentionMs: settings.retentionHours * 3_600_000,
    messageBytesMax,
    foreignWriters: true,
  });
  return { topic, source: `kafka:${cluster}/${topic}` };
}
