import { Gauge, Histogram, type Registry } from "prom-client";

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** Figures about the front of a log. */
export function createLogMetrics(registry: Registry, queuedBytes: () => number) {
  const registers = [registry];
  const append = new Histogram({
    name: "runweir_log_append_duration_seconds",
    help: "Time from encoding points to their acknowledgement by the log.",
    buckets,
    registers,
  });
  const barrier = new Histogram({
    name: "runweir_read_barrier_duration_seconds",
    help: "Time that a read waited for what was logged before it.",
    buckets,
    registers,
  });
  new Gauge({
    name: "runweir_log_queue_bytes",
    help: "Encoded bytes that wait for their acknowledgement by the log.",
    registers,
    collect() {
      this.set(queuedBytes());
    },
  });
  return {
    onAppended: (seconds: number) => append.observe(seconds),
    onBarrier: (seconds: number) => barrier.observe(seconds),
  };
}
