import type { LogTransport } from "@runweir/ingest-domain";
import type { SnapshotPath } from "../analysis/snapshot-runs.ts";
import type { MetricReader } from "../metric-reader.ts";
import type { TrackingStore } from "../tracking-store.ts";

/** What the service is made of; `createTracking` is called once per process. */
export interface TrackingDependencies {
  readonly store: TrackingStore;
  readonly log: LogTransport;
  readonly metricReader: MetricReader;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** 32 hexadecimal digits, never the same twice. */
  readonly newId: () => string;
  /** Uniform in [0, 1); only for names that nobody gave. */
  readonly random: () => number;
  /** Where an experiment keeps its artifacts unless its creator said otherwise. */
  readonly artifactLocation: (experimentId: string) => string;
  /** Makes a location given by a client absolute; as it is unless told. */
  readonly resolveLocation?: ((location: string) => string) | undefined;
  /** Searches over many old runs go this way; absent: there is no warehouse. */
  readonly snapshotPath?: SnapshotPath | undefined;
}
