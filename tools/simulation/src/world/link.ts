import { DomainError } from "@runweir/errors";
import type { Random } from "../random.ts";
import type { Process, Scheduler } from "../scheduler.ts";
import { NotTaken, OutOfOrderSequence } from "./partition-log.ts";

export interface LinkOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly isUp: () => boolean;
  readonly isUnheard?: () => boolean;
  /** What the caller gets when there is no answer. */
  readonly refusal: () => Error;
  /** Told after everything that the server has done. */
  readonly onDone?: () => void;
}

/** What may go wrong with every call, as long as anything may. */
export interface Faults {
  /** Whether anything goes wrong at all. */
  active: boolean;
  lostRequest: number;
  lostAnswer: number;
  logAway: boolean;
  /** The log hears and does what it is asked, and none of its answers arrive. */
  logUnheard: boolean;
  /** Milliseconds that are long. */
  slow: number;
}

/**
 * A server as others reach it: a call takes time, does all its work in one moment or none, and its request or its answer
 * may be lost. A request under way arrives even when its sender has died.
 */
export interface Link {
  call<T>(label: string, work: () => T, owner?: Process): Promise<T>;
}

export function createLink({
  scheduler,
  random,
  faults,
  isUp,
  isUnheard,
  onDone,
  ...options
}: LinkOptions): Link {
  // Refusals are many and say nothing of where they come from; collecting that would take a good part of all time.
  function refusal(): Error {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    const error = options.refusal();
    Error.stackTraceLimit = limit;
    return error;
  }

  return {
    call: <T>(label: string, work: () => T, owner?: Process) =>
      new Promise<T>((resolve, reject) => {
        const answer = (what: string, settle: () => void): void =>
          scheduler.after(latency(random, faults), `${label} ${what}`, settle, owner);
        scheduler.after(latency(random, faults), `${label} (${owner?.name ?? "?"})`, () => {
          if (!isUp() || random.chance(faults.lostRequest)) return answer("failed", () => reject(refusal()));
          let value: T;
          try {
            value = work();
          } catch (error) {
            // Only what a server says on purpose is an answer; anything else is a fault of the simulation.
            if (!isRefusal(error)) throw error;
            return answer("refused", () => reject(error));
          }
          onDone?.();
          if (isUnheard?.() || random.chance(faults.lostAnswer))
            return answer("unheard", () => reject(refusal()));
          // A server that goes away meanwhile takes the answer with it.
          answer("answered", () => (isUp() ? resolve(value) : reject(refusal())));
        });
      }),
  };
}

function isRefusal(error: unknown): error is Error {
  return error instanceof DomainError || error instanceof NotTaken || error instanceof OutOfOrderSequence;
}

/** Mostly short, sometimes long: so calls overtake one another. */
export function latency(random: Random, faults: Pick<Faults, "slow">): number {
  const kind = random.next();
  if (kind < 0.75) return random.next() * 3;
  if (kind < 0.95) return random.next() * 40;
  return random.next() * faults.slow;
}
