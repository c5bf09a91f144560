import { Gauge, type Registry } from "prom-client";

/** How far a topic is behind, by partition. */
export interface LagMetrics {
  setLag(partition: number, records: number): void;
  /** Partitions that are no longer ours must not keep their last figure. */
  forgetLag(): void;
}

export function createLagMetrics(
  registry: Registry,
  clock: { now(): number },
): (topic: string) => LagMetrics & { noteApplied(partition: number, loggedAt: number | undefined): void } {
  const registers = [registry];
  const labelNames = ["topic", "partition"];
  const lagRecords = new Gauge({
    name: "runweir_ingest_consumer_lag_records",
    help: "Records of a partition that are acknowledged and not yet applied.",
    labelNames,
    registers,
  });
  const lagSeconds = new Gauge({
    name: "runweir_ingest_consumer_lag_seconds",
    help: "Age of the last applied record of a partition while others wait behind it; 0 when none do.",
    labelNames,
    registers,
  });
  return (topic) => {
    const lastLoggedAt = new Map<number, number>();
    const measured = new Set<string>();
    return {
      noteApplied(partition, loggedAt) {
        if (loggedAt !== undefined) lastLoggedAt.set(partition, loggedAt);
      },
      setLag(place, records) {
        const partition = String(place);
        measured.add(partition);
        lagRecords.set({ topic, partition }, records);
        const last = lastLoggedAt.get(place);
        const seconds = records === 0 || last === undefined ? 0 : (clock.now() - last) / 1_000;
        lagSeconds.set({ topic, partition }, Math.max(0, seconds));
      },
      forgetLag() {
        for (const partition of measured) {
          lagRecords.remove({ topic, partition });
          lagSeconds.remove({ topic, partition });
        }
        measured.clear();
      },
    };
  };
}
