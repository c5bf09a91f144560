import { type Database, listen } from "@runweir/postgres";
import { changeChannel } from "../announce-change.ts";
import { runMaintenancePass } from "./maintenance-pass.ts";
import { createMetricContext } from "./metric-context.ts";
import { rotateRequests } from "./rotate-requests.ts";

export interface MetricMaintenanceOptions {
  readonly database: Database;
  readonly clock: { now(): number };
  /** Told of every failure; maintenance itself goes on and tries again. */
  readonly onError?: (message: string, error: unknown) => void;
  /** Encoded bytes that one transaction folds; see `createMetricContext`. */
  readonly foldBytes?: number;
  /** Waited after a write, so that many writes are folded at once. Under load as long as the folding itself took. */
  readonly lingerMilliseconds?: number;
  /** How often to look for work that no notification told of. */
  readonly sweepMilliseconds?: number;
  /** How long at least a repeated request is recognised by its digest. */
  readonly requestSeconds?: number;
}

const longestBackoff = 30_000;
const longestLinger = 2_000;
/** Merges happen a few chunks at a time, so little needs to be remembered: 6 MB. */
const cachedPoints = 250_000;

/**
 * Folds and merges metric points in the background: woken by writes, else asleep but for a rare sweep. Any number of
 * processes may run it on one database. `stop` resolves when the step under way has ended.
 */
export function startMetricMaintenance(options: MetricMaintenanceOptions): { stop(): Promise<void> } {
  const { database, clock, lingerMilliseconds = 250, sweepMilliseconds = 60_000 } = options;
  const onError = options.onError ?? (() => {});
  const context = createMetricContext(database, cachedPoints, options.foldBytes);
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = createBell();
  signal.addEventListener("abort", bell.ring);
  let listener: { close(): void } | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;
  let backoff = 0;

  function ringOnMetrics(payload: string | undefined): void {
    if (payload?.includes('"kind"') && payload.includes('"metrics"')) bell.ring();
  }

  async function work(): Promise<void> {
    listener ??= await listen(database, changeChannel, ringOnMetrics, (error) => {
      listener = undefined;
      onError("The connection that listens for written metrics broke.", error);
      bell.ring();
    });
    const sweep = clock.now() - sweptAt >= sweepMilliseconds;
    await runMaintenancePass(context, {
      sweep,
      signal,
      onRunFailed: (run, error) =>
        onError(`The chunks of run number ${run.runNo} could not be merged.`, error),
    });
    if (!sweep) return;
    await rotateRequests(database, options.requestSeconds ?? 900);
    sweptAt = clock.now();
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      const began = clock.now();
      try {
        await work();
        backoff = 0;
      } catch (error) {
        backoff = Math.min(longestBackoff, backoff * 2 || 500);
        onError(`Folding metrics failed; trying again in ${backoff} ms.`, error);
      }
      const took = Math.min(longestLinger, clock.now() - began);
      if (backoff === 0) await bell.wait(sweepMilliseconds, signal);
      await pause(backoff || Math.max(lingerMilliseconds, took), signal);
    }
    listener?.close();
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Remembers one ring until it is waited for, so that none between two waits is lost. */
function createBell(): { ring(): void; wait(milliseconds: number, signal: AbortSignal): Promise<void> } {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(milliseconds, signal) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      rung = false;
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
