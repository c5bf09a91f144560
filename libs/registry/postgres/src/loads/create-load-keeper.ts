import { type Background, keepWorking } from "@runweir/background";
import { type Database, translateFailures } from "@runweir/postgres";
import type { LoadCounter } from "@runweir/registry-domain";
import { forgetOldLoads, keepLoads } from "./keep-loads.ts";

const restMs = 5_000;
const forgettingMs = 3_600_000;

/**
 * Writes down what a process counted, every few seconds and when it stops. A process that is killed takes the loads of these
 * seconds with it: they are told to people, and nothing is decided by them.
 */
export function createLoadKeeper(options: {
  readonly database: Database;
  readonly counter: LoadCounter;
  readonly clock: { now(): number };
  onError(error: unknown): void;
  /** There was no room in memory for so many. */
  onDropped(loads: number): void;
}): Background {
  const database = translateFailures(options.database);
  const { counter, clock, onError, onDropped } = options;
  let forgot = Number.NEGATIVE_INFINITY;

  async function keep(): Promise<void> {
    const { loads, dropped } = counter.take();
    if (dropped > 0) onDropped(dropped);
    try {
      await keepLoads(database, loads);
    } catch (error) {
      counter.putBack(loads);
      throw error;
    }
  }

  const working = keepWorking({
    async work() {
      await keep();
      if (clock.now() - forgot >= forgettingMs) {
        await forgetOldLoads(database, clock.now());
        forgot = clock.now();
      }
      return undefined;
    },
    restMs,
    onError,
  });
  return {
    wake: working.wake,
    async stop() {
      await working.stop();
      await keep().catch(onError);
    },
  };
}
