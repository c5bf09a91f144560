import { keys } from "../draw-batch.ts";
import type { Process } from "../scheduler.ts";
import { latency } from "../world/link.ts";
import type { World } from "../world/world.ts";
import type { Api } from "./api.ts";

/** Whoever calls an API from outside, through whichever process answers. */
export interface Caller {
  readonly process: Process;
  /** Rejects when nobody answers in time; undefined when there is nobody to ask. */
  ask<T>(label: string, handle: (api: Api) => Promise<T>): Promise<T | undefined>;
  /** Reads a run and compares it with what had been acknowledged before. False when there was no answer. */
  read(runId: string): Promise<boolean>;
  /** Reads without waiting, and expects these points. */
  readAtOnce(runId: string, due: readonly string[]): Promise<boolean>;
}

const patienceMs = 2_500;

export function createCaller(world: World, name: string, apis: () => readonly Api[]): Caller {
  const { random, scheduler, checker, faults } = world;
  const process = scheduler.process(name);

  /** The request may not arrive, and its answer may not either. */
  function ask<T>(label: string, handle: (api: Api) => Promise<T>): Promise<T | undefined> {
    const some = apis();
    if (some.length === 0) return Promise.resolve(undefined);
    const api = random.pick(some);
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void): void => {
        if (random.chance(faults.lostAnswer)) return;
        scheduler.after(latency(random, faults), `hears: ${label}`, settle, process);
      };
      scheduler.after(patienceMs, `no longer waits: ${label}`, () => reject(new Error("timeout")), process);
      if (random.chance(faults.lostRequest)) return;
      const arrive = (): void => {
        handle(api).then(
          (value) => answer(() => resolve(value)),
          (error: Error) => answer(() => reject(error)),
        );
      };
      scheduler.after(latency(random, faults), label, arrive, api.process);
    });
  }

  async function readAndCheck(runId: string, due: readonly string[], barrier: boolean): Promise<boolean> {
    const disasters = world.disasters();
    const answer = await ask(`read ${runId} for ${name}`, async ({ front, readSeries, readStatistics }) => {
      if (barrier) await front.awaitApplied([runId]);
      const series = await readSeries(runId, keys);
      return { series, statistics: await readStatistics(runId) };
    }).catch(() => undefined);
    if (!answer) return false;
    // What was put back meanwhile may be missing until it has been applied anew.
    if (disasters !== world.disasters()) return true;
    const stillDue = new Set(checker.truth.due(runId));
    checker.checkSeries(
      runId,
      answer.series,
      due.filter((point) => stillDue.has(point)),
      answer.statistics,
    );
    return true;
  }

  return {
    process,
    ask,
    read: (runId) => readAndCheck(runId, checker.truth.due(runId), true),
    readAtOnce: (runId, due) => readAndCheck(runId, due, false),
  };
}
