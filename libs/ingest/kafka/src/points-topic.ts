import { shardCount } from "@runweir/ingest-domain";
import { clusterName, ensureTopic, type KafkaSettings } from "@runweir/kafka";
import type { Admin } from "kafkajs";
import type { LogTopic } from "./log-topic.ts";

/**
 * kafkajs puts all records of a send for one partition into one batch, which this limits. Callers split their points, so that
 * several segments fit.
 */
export const batchBytesMax = 4 * 2 ** 20;

/** Makes or verifies the topic of metric points. Fails with `failed_precondition`. */
export async function openPointsTopic(admin: Admin, settings: KafkaSettings): Promise<LogTopic> {
  const cluster = await clusterName(admin);
  const topic = `${settings.topicPrefix}.points.v1`;
  await ensureTopic(admin, {
    topic,
    partitions: shardCount,
    replication: settings.replication,
    retentionMs: settings.retentionHours * 3_600_000,
    messageBytesMax: 2 * batchBytesMax,
  });
  return { topic, source: `kafka:${cluster}/${topic}` };
}
