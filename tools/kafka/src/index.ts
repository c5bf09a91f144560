export { ensureBrokerJars, ensureJars, findMissingTool } from "./ensure-jars.ts";
export { certificateFile, type KafkaSecurity } from "./secure-listener.ts";
export type { Detour } from "./server-properties.ts";
export { type KafkaBroker, type KafkaCluster, startKafka } from "./start-kafka.ts";
