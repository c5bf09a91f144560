import type { Tracking } from "@runweir/tracking-domain";
import type { RegistryStore } from "../registry-store.ts";

/** What the service is made of; `createRegistry` is called once per process. */
export interface RegistryDependencies {
  readonly store: RegistryStore;
  /** For the runs and logged models that versions come from. */
  readonly tracking: Pick<Tracking, "getRunInfo" | "getLoggedModel" | "recordModelVersion">;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** What the source of a version has to match besides every other rule; nothing unless told. */
  readonly allowedSources?: RegExp | undefined;
}
