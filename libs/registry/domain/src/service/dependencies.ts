import type { Tracking } from "@runweir/tracking-domain";
import type { RegistryStore } from "../registry-store.ts";
import type { TargetGate } from "../target-gate.ts";

/** What the service is made of; `createRegistry` is called once per process. */
export interface RegistryDependencies {
  readonly store: RegistryStore;
  /** For the runs and logged models that versions come from. */
  readonly tracking: Pick<
    Tracking,
    "getRunInfo" | "getLoggedModel" | "recordModelVersion" | "getRun" | "searchRuns"
  >;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** Asked before aliases and stages are moved; everything may be unless told. */
  readonly gate?: TargetGate | undefined;
  /** What the source of a version has to match besides every other rule; nothing unless told. */
  readonly allowedSources?: RegExp | undefined;
}
