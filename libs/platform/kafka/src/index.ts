export type { Admin, Kafka } from "kafkajs";
export { clusterName } from "./cluster-name.ts";
export { ensureTopic, type TopicSpec } from "./ensure-topic.ts";
export { type KafkaSettings, kafkaSettings, toKafkaSettings } from "./kafka-settings.ts";
export { type LogView, openLogView } from "./log-view/open-log-view.ts";
export { type KafkaLogger, openKafka } from "./open-kafka.ts";
export { unreachable } from "./unreachable.ts";
