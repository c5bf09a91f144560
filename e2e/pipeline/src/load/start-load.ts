import { setTimeout as pause } from "node:timers/promises";
import type { System } from "../parts/start-system.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { createRun } from "./mlflow-client.ts";
import type { PointLedger } from "./point-ledger.ts";
import { read } from "./reader.ts";
import { write } from "./writer.ts";

/** What clients met with, besides what they were acknowledged. */
export interface Meetings {
  acknowledged: number;
  retries: number;
  goodReads: number;
  /** Reads that were told to come again. */
  postponedReads: number;
  /** How long each write took until its acknowledgement, retries included. */
  readonly writeMs: number[];
  /** Answers by status. */
  readonly statuses: Map<number, number>;
  /** What must never be: a stale read, an answer that tells clients to give up, silence. */
  readonly violations: string[];
}

export interface Load {
  readonly meetings: Meetings;
  /** Runs that writers write to. */
  readonly runIds: readonly string[];
  /** Resolves when so many more requests have been acknowledged. */
  acknowledged(more: number, limitMs?: number): Promise<void>;
  /** Lets every writer finish what it has begun, retrying; resolves when all are done. */
  stop(): Promise<void>;
}

/** What a request asks to be acknowledged. */
export type NativeAcknowledgement = "logged" | "applied" | "either";

export interface ClientContext {
  readonly system: System;
  readonly ledger: PointLedger;
  readonly random: SeededRandom;
  readonly meetings: Meetings;
  /** Of writers that use the native door. */
  readonly acknowledgement: NativeAcknowledgement | undefined;
  readonly stopping: AbortSignal;
  /** After it, what was not acknowledged is given up. */
  readonly givingUp: AbortSignal;
}

/** How long clients may go on trying after the last fault: the system's time to recover without anybody's help. */
export const recoveryMs = 60_000;

export async function startLoad(options: {
  readonly system: System;
  readonly ledger: PointLedger;
  readonly random: SeededRandom;
  readonly writers: number;
  readonly readers: number;
  readonly acknowledgement?: NativeAcknowledgement | undefined;
}): Promise<Load> {
  const { system, ledger, random } = options;
  const meetings: Meetings = {
    acknowledged: 0,
    retries: 0,
    goodReads: 0,
    postponedReads: 0,
    writeMs: [],
    statuses: new Map(),
    violations: [],
  };
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const runIds: string[] = [];
  for (let i = 0; i < options.writers; i += 1) {
    const runId = await createRun(system.apis[i % 2 === 0 ? 0 : 1]);
    ledger.addRun(runId);
    runIds.push(runId);
  }
  const context = (name: string): ClientContext => ({
    system,
    ledger,
    meetings,
    acknowledgement: options.acknowledgement,
    random: random.fork(name),
    stopping: stopping.signal,
    givingUp: givingUp.signal,
  });
  const running = [
    ...runIds.map((runId, i) => write(context(`writer ${i}`), runId)),
    ...Array.from({ length: options.readers }, (_, i) => read(context(`reader ${i}`), runIds)),
  ];
  return {
    meetings,
    runIds,
    async acknowledged(more, limitMs = 60_000) {
      const wanted = meetings.acknowledged + more;
      const deadline = performance.now() + limitMs;
      while (meetings.acknowledged < wanted) {
        if (performance.now() > deadline)
          throw new Error(
            `only ${meetings.acknowledged + more - wanted} of ${more} requests were acknowledged within ${limitMs / 1_000} s (answers: ${JSON.stringify([...meetings.statuses])})`,
          );
        await pause(10);
      }
    },
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => {
        meetings.violations.push(
          `R: writers were still without acknowledgement ${recoveryMs / 1_000} s after the faults`,
        );
        givingUp.abort();
      }, recoveryMs);
      await Promise.all(running);
      clearTimeout(timer);
    },
  };
}
