import type { Checker } from "../checker/checker.ts";
import type { Parts } from "../parts/parts.ts";
import type { Plan } from "../plan.ts";
import type { Random } from "../random.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Faults, Link } from "./link.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { PartitionLog } from "./partition-log.ts";

/** What all processes of a simulation share: time, chance, the network, the log and the store. */
export interface World {
  readonly plan: Plan;
  readonly parts: Parts;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly log: PartitionLog;
  readonly logLink: Link;
  readonly store: MemoryStore;
  readonly checker: Checker;
  /** A number that was not given before. */
  readonly unique: () => number;
  /** How often the store or a partition of the log was put back to an earlier state. */
  readonly disasters: () => number;
}

export const source = "simulated";
