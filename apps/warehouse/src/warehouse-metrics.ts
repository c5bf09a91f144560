import type { BuildResult } from "@runweir/snapshot-duckdb";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

export interface WarehouseMetrics {
  onPass(workspace: string, result: BuildResult | undefined, seconds: number): void;
  onFailure(): void;
  onDamage(): void;
}

export function createWarehouseMetrics(
  registry: Registry,
  options: { readonly clock: { now(): number } },
): WarehouseMetrics {
  const registers = [registry];
  const seq = new Gauge({
    name: "runweir_snapshot_seq",
    help: "Number of the current snapshot.",
    labelNames: ["workspace"],
    registers,
  });
  const files = new Gauge({
    name: "runweir_snapshot_files",
    help: "Files of the current snapshot.",
    labelNames: ["workspace"],
    registers,
  });
  const reached = new Map<string, number>();
  new Gauge({
    name: "runweir_snapshot_age_seconds",
    help: "Time since the current snapshot last was all that the database held.",
    labelNames: ["workspace"],
    registers,
    collect() {
      for (const [workspace, at] of reached) this.set({ workspace }, (options.clock.now() - at) / 1_000);
    },
  });
  const duration = new Histogram({
    name: "runweir_snapshot_duration_seconds",
    help: "Time of a pass that published a snapshot.",
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    registers,
  });
  const rows = new Counter({
    name: "runweir_snapshot_rows_written_total",
    help: "Rows written into files of published snapshots.",
    registers,
  });
  const bytes = new Counter({
    name: "runweir_snapshot_bytes_written_total",
    help: "Bytes of files of published snapshots.",
    registers,
  });
  const failures = new Counter({
    name: "runweir_snapshot_failures_total",
    help: "Passes that failed; each is tried again.",
    registers,
  });
  const damage = new Counter({
    name: "runweir_snapshot_damaged_files_total",
    help: "Files found missing or altered, and written anew.",
    registers,
  });
  return {
    onPass(workspace, result, seconds) {
      if (!result) return;
      reached.set(workspace, options.clock.now() - seconds * 1_000);
      seq.set({ workspace }, result.seq);
      files.set({ workspace }, result.files);
      if (!result.published) return;
      duration.observe(seconds);
      rows.inc(result.rowsWritten);
      bytes.inc(result.bytesWritten);
    },
    onFailure: () => failures.inc(),
    onDamage: () => damage.inc(),
  };
}
