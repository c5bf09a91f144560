import { shardOf } from "@runweir/ingest-domain";
import type { Random } from "./random.ts";

export const disturbances = [
  "kill api",
  "kill member",
  "kill maintainer",
  "freeze api",
  "freeze member",
  "freeze maintainer",
  "rebalance",
  "assign twice",
  "forget member",
  "store outage",
  "log outage",
  "log unheard",
  "restore store",
  "change leader",
  "reset log",
  "drop applied records",
  "drop unapplied records",
  "poison",
  "leave hole",
  "delete run",
  "rotate requests",
  "slow",
] as const;

export type Disturbance = (typeof disturbances)[number];

/** What one seed is about: how large the system is and what goes wrong in it. */
export interface Plan {
  readonly apis: number;
  readonly members: number;
  readonly maintainers: number;
  readonly clients: number;
  readonly requestsPerClient: number;
  /** Readers that write nothing. */
  readonly pages: number;
  readonly runs: readonly string[];
  readonly partitions: readonly number[];
  /** Drawn with every disturbance; those that are listed twice come twice as often. */
  readonly disturbances: readonly Disturbance[];
  /** Chances of each call, each delivery. */
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly repeatDelivery: number;
  readonly staleDelivery: number;
  readonly overlap: number;
  /** Limits small enough to be reached. */
  readonly queueBytes: number;
  readonly groupBytes: number;
  readonly applyRecords: number;
  readonly unfoldedBytes: number;
  readonly chunkPoints: number;
  readonly mergeFanout: number;
  readonly cachedPoints: number;
}

/**
 * Draws what is wrong before anything happens: seeds in which only a few things go wrong, but those often, find more than
 * seeds in which everything does now and then.
 */
export function drawPlan(random: Random): Plan {
  const rare = (most: number): number => (random.chance(0.5) ? 0 : random.next() * most);
  const drawn = drawDisturbances(random);
  const runs = Array.from({ length: random.between(1, 4) }, (_, i) => `run-${random.below(1_000)}-${i}`);
  return {
    apis: random.between(1, 3),
    members: random.between(1, 3),
    maintainers: random.between(1, 2),
    clients: random.between(1, 4),
    requestsPerClient: random.between(4, 16),
    pages: random.between(0, 2),
    runs,
    partitions: [...new Set(runs.map(shardOf))].sort((a, b) => a - b),
    disturbances: drawn,
    lostRequest: rare(0.08),
    lostAnswer: rare(0.08),
    repeatDelivery: rare(0.3),
    staleDelivery: rare(0.5),
    overlap: rare(0.4),
    queueBytes: random.pick([150, 400, 100_000]),
    groupBytes: random.pick([100, 300, 100_000]),
    applyRecords: random.pick([1, 3, 10]),
    unfoldedBytes: random.pick([400, 100_000]),
    chunkPoints: random.pick([2, 5, 20]),
    mergeFanout: random.pick([2, 3, 4]),
    cachedPoints: random.pick([0, 40, 10_000]),
  };
}

function drawDisturbances(random: Random): readonly Disturbance[] {
  const drawn = random.shuffle(disturbances).slice(0, random.between(0, 8));
  // Both say which losses are declared, and each would have to know of the other's.
  const clash = drawn.includes("restore store")
    ? ["reset log", "drop unapplied records", "drop applied records"]
    : drawn.includes("reset log")
      ? ["drop unapplied records"]
      : [];
  return drawn.filter((one) => !clash.includes(one));
}
