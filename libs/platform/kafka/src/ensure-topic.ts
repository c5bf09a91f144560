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
  /**
   * Whether programs that are not ours write here. Then the broker unpacks what they compressed (we do not know every way of
   * it, and `messageBytesMax` would bound the packed size only), and the time of a record is when the broker took it.
   */
  readonly foreignWriters?: boolean;
}

/** Settings by name that a topic must have exactly. */
function exactSettings(spec: TopicSpec): readonly (readonly [name: string, value: string, why: string])[] {
  return [
    ["cleanup.policy", "delete", ""],
    ["unclean.leader.election.enable", "false", ", since another loses acknowledged records"],
    ...(spec.foreignWriters
      ? ([
          ["compression.type", "uncompressed", ", so that every record can be read"],
          [
            "message.timestamp.type",
            "LogAppendTime",
            ", since a wrong clock would have records deleted at once",
          ],
        ] as const)
      : []),
  ];
}

/**
 * Makes the topic with every setting that matters written out, or verifies that the one that is there can be trusted
 * with the same. Fails with `failed_precondition` that lists what differs.
 */
export async function ensureTopic(admin: Admin, spec: TopicSpec): Promise<void> {
  if (!(await admin.listTopics()).includes(spec.topic)) {
    const { brokers } = await admin.describeCluster();
    const replication = spec.replication ?? Math.min(3, brokers.length);
    // False: another service has just made it; then it is verified like any other. Waiting is done below: kafkajs gives up
    // when a broker has not heard of the topic yet.
    await admin.createTopics({
      waitForLeaders: false,
      topics: [
        {
          topic: spec.topic,
          numPartitions: spec.partitions,
          replicationFactor: replication,
          configEntries: [
            ...exactSettings(spec).map(([name, value]) => ({ name, value })),
            { name: "retention.ms", value: String(spec.retentionMs) },
            { name: "retention.bytes", value: "-1" },
            { name: "max.message.bytes", value: String(spec.messageBytesMax) },
            { name: "min.insync.replicas", value: String(leastInSync(replication)) },
            ...(spec.foreignWriters ? [] : [{ name: "compression.type", value: "producer" }]),
          ],
        },
      ],
    });
  }
  await verifyTopic(admin, spec);
}

/** All but one, and two at least where there are two: what is acknowledged must not hang on one broker. */
function leastInSync(replication: number): number {
  return Math.max(Math.min(2, replication), replication - 1);
}

const settlingMs = 15_000;

/** What the brokers say of a topic, once they agree on it: each hears of a new one, and of its leaders, in its own time. */
async function describeTopic(admin: Admin, topic: string) {
  const deadline = performance.now() + settlingMs;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: [] }],
      });
      await admin.fetchTopicOffsets(topic);
      return { partitions: topics[0]?.partitions ?? [], resources };
    } catch (error) {
      if (!settling.has((error as { type?: string }).type ?? "") || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const settling: ReadonlySet<string> = new Set([
  "UNKNOWN_TOPIC_OR_PARTITION",
  "LEADER_NOT_AVAILABLE",
  "NOT_LEADER_FOR_PARTITION",
]);

async function verifyTopic(admin: Admin, spec: TopicSpec): Promise<void> {
  const { partitions, resources } = await describeTopic(admin, spec.topic);
  const config = new Map(
    (resources[0]?.configEntries ?? []).map((entry) => [entry.configName, entry.configValue]),
  );
  const differing = [
    partitions.length === spec.partitions
      ? undefined
      : `it has ${partitions.length} partitions, needed are exactly ${spec.partitions}`,
    ...exactSettings(spec).map(([name, value, why]) =>
      config.get(name) === value ? undefined : `${name} is ${config.get(name)}, needed is ${value}${why}`,
    ),
    Number(config.get("max.message.bytes")) >= spec.messageBytesMax
      ? undefined
      : `max.message.bytes is ${config.get("max.message.bytes")}, needed are at least ${spec.messageBytesMax}`,
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
