export { inboundRecords } from "./inbound/inbound-message.ts";
export { openInboundTopic } from "./inbound/inbound-topic.ts";
export {
  type ConsumerState,
  type KafkaConsumerOptions,
  startKafkaConsumer,
  type TopicContent,
} from "./kafka-consumer.ts";
export { createKafkaLog, type KafkaLogOptions } from "./kafka-log.ts";
export type { LogTopic } from "./log-topic.ts";
export { pointRecords } from "./point-message.ts";
export { openPointsTopic } from "./points-topic.ts";
