export { type ConsumerState, type KafkaConsumerOptions, startKafkaConsumer } from "./kafka-consumer.ts";
export { createKafkaLog, type KafkaLogOptions } from "./kafka-log.ts";
export { openPointsTopic, type PointsTopic } from "./points-topic.ts";
