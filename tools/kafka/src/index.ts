export { ensureBrokerJars, findMissingTool } from "./ensure-broker-jars.ts";
export { type KafkaBroker, type KafkaCluster, startKafka } from "./start-kafka.ts";
