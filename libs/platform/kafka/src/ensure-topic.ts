import { DomainError } from "@runweir/errors";
import kafkajs, { type Admin } from "kafkajs";

export interface TopicSpec {
  readonly topic: string;
  /** Part of what the topic means: records are found by it, so another number is never accepted. */
  readonly partitions: number;
  /** Undefined: three, or as many as there are brokers. */
  readonly replication: number | undefined;
  readonly retentionMs: number;
  readonly messageBytesMax: number;
}

/**
 * Makes the topic with every setting that matters written out, or verifies that the one that is there can be trusted
 * with the same. Fails with `failed_precondition` that lists what differs.
 */
export async function ensureTopic(admin: Admin, spec: TopicSpec): Promise<void> {
  if (!(await admin.listTopics()).includes(spec.topic)) {
    const { brokers } = await admin.describeCluster();
    const replication = spec.replication ?? Math.min(3, brokers.length);
    // False: another service has just made it; then it is verified like any other.
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic: spec.topic,
          numPartitions: spec.partitions,
          replicationFactor: replication,
          configEntries: [
            { name: "cleanup.policy", value: "delete" },
            { name: "retention.ms", value: String(spec.retentionMs) },
            { name: "retention.bytes", value: "-1" },
            { name: "max.message.bytes", value: String(spec.messageBytesMax) },
            { name: "min.insync.replicas", value: String(Math.max(1, replication - 1)) },
            { name: "unclean.leader.election.enable", value: "false" },
            { name: "compression.type", value: "producer" },
          ],
        },
      ],
    });
  }
  await verifyTopic(admin, spec);
}

async function verifyTopic(admin: Admin, spec: TopicSpec): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [spec.topic] });
  const partitions = topics[0]?.partitions ?? [];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: spec.topic, configNames: [] }],
  });
  const config = new Map(
    (resources[0]?.configEntries ?? []).map((entry) => [entry.configName, entry.configValue]),
  );
  const differing = [
    partitions.length === spec.partitions
      ? undefined
      : `it has ${partitions.length} partitions, needed are exactly ${spec.partitions}`,
    config.get("cleanup.policy") === "delete"
      ? undefined
      : `cleanup.policy is ${config.get("cleanup.policy")}, needed is delete`,
    Number(config.get("max.message.bytes")) >= spec.messageBytesMax
      ? undefined
      : `max.message.bytes is ${config.get("max.message.bytes")}, needed are at least ${spec.messageBytesMax}`,
    config.get("unclean.leader.election.enable") === "false"
      ? undefined
      : "unclean.leader.election.enable is true, which loses acknowledged records; needed is false",
    keepsLongEnough(config.get("retention.ms"), spec.retentionMs)
      ? undefined
      : `retention.ms is ${config.get("retention.ms")}, needed are at least ${spec.retentionMs}`,
    partitions.some((partition) => partition.replicas.length > 1) &&
    Number(config.get("min.insync.replicas")) < 2
      ? "it has several replicas but min.insync.replicas is 1, so that one broker alone may acknowledge; needed is 2"
      : undefined,
  ].filter((what) => what !== undefined);
  if (differing.length === 0) return;
  throw new DomainError(
    "failed_precondition",
    `Topic ${spec.topic} cannot be used: ${differing.join("; ")}. Change it, or choose another RUNWEIR_KAFKA_TOPIC_PREFIX.`,
    { reason: "kafka_topic" },
  );
}

function keepsLongEnough(found: string | undefined, wanted: number): boolean {
  return found === "-1" || Number(found) >= wanted;
}
