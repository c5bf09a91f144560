import kafkajs from "kafkajs";
import type { System } from "../parts/start-system.ts";

const { TOPIC } = kafkajs.ConfigResourceTypes;
const setting = "flush.messages";

/** While `work` runs, the brokers sync what they acknowledge. */
export async function flushEachRecord(system: System, work: () => Promise<void>): Promise<void> {
  const { admin } = system;
  const { topic: name } = system.topic;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC, name, configNames: [] }],
  });
  // Altering takes all settings of a topic, and forgets the others.
  const before = (resources[0]?.configEntries ?? [])
    .filter((entry) => entry.configSource === kafkajs.ConfigSource.TOPIC_CONFIG)
    .map((entry) => ({ name: entry.configName, value: entry.configValue }));
  const alter = (configEntries: typeof before) =>
    admin.alterConfigs({ validateOnly: false, resources: [{ type: TOPIC, name, configEntries }] });
  await alter([...before, { name: setting, value: "1" }]);
  try {
    await work();
  } finally {
    await alter(before);
  }
}
