import type { KafkaBroker } from "@runweir/kafka-broker";

export async function killBroker(broker: KafkaBroker): Promise<void> {
  const { process: running } = broker;
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const ended = new Promise((resolve) => running.once("exit", resolve));
  running.kill("SIGKILL");
  await ended;
}
