import type { Caller } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";

/** Where a demo is written: the same service every client writes through, so what it shows is what clients get. */
export interface DemoTarget {
  readonly tracking: Tracking;
  readonly putFile: (caller: Caller, runId: string, path: string, bytes: Uint8Array) => Promise<void>;
  readonly clock: { now(): number };
}

export interface DemoProgress {
  readonly done: number;
  readonly total: number;
}
