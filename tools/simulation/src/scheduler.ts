import { createEventQueue } from "./event-queue.ts";
import type { Trace } from "./trace.ts";

/** What may die or stand still; what happens to it then does not happen, or later. */
export interface Process {
  readonly name: string;
  readonly alive: boolean;
  readonly frozen: boolean;
  /** As SIGKILL: nothing of it goes on, and nothing that it has sent is called back. */
  kill(): void;
  /** As SIGSTOP: what it waits for happens once it is thawed. */
  freeze(): void;
  thaw(): void;
}

export interface Scheduler {
  now(): number;
  /** Does something after so many milliseconds: for a process, if it lives then. */
  after(milliseconds: number, label: string, action: () => void, owner?: Process): void;
  /** Resolves after so many milliseconds; never for a process that died meanwhile. */
  wait(milliseconds: number, label: string, owner?: Process): Promise<void>;
  process(name: string): Process;
  /** Goes from event to event until `done`, at most to this time. Says whether it is done. */
  run(done: () => boolean, until: number): Promise<boolean>;
}

interface Event {
  readonly label: string;
  readonly owner: Process | undefined;
  readonly action: () => void;
}

/**
 * A clock that jumps from event to event. Between two events everything that the last one set off runs until it waits
 * for another event, so the order of events, which the seed draws, is the only order there is.
 */
export function createScheduler(trace: Trace): Scheduler {
  const queue = createEventQueue<Event>();
  const held = new Map<Process, Event[]>();
  let now = 0;

  function after(milliseconds: number, label: string, action: () => void, owner?: Process): void {
    queue.push(now + Math.max(0, milliseconds), { label, owner, action });
  }

  function fire(event: Event): boolean {
    const { owner } = event;
    if (owner && !owner.alive) return false;
    if (owner?.frozen) {
      held.get(owner)?.push(event);
      return false;
    }
    trace.add(now, owner ? `${owner.name}: ${event.label}` : event.label);
    event.action();
    return true;
  }

  return {
    now: () => now,
    after,
    wait: (milliseconds, label, owner) =>
      new Promise((resolve) => {
        after(milliseconds, label, resolve, owner);
      }),

    process(name) {
      let alive = true;
      let frozen = false;
      const created: Process = {
        name,
        get alive() {
          return alive;
        },
        get frozen() {
          return frozen;
        },
        kill() {
          alive = false;
          held.delete(created);
        },
        freeze() {
          frozen = true;
          if (!held.has(created)) held.set(created, []);
        },
        thaw() {
          frozen = false;
          for (const event of held.get(created) ?? []) queue.push(now, event);
          held.delete(created);
        },
      };
      return created;
    },

    async run(done, until) {
      while (!done()) {
        const next = queue.pop(until);
        if (!next) return false;
        now = next.due;
        // Node goes on here once no microtask is left, so nothing of the event is left undone.
        if (fire(next.item)) await new Promise<void>((resolve) => process.nextTick(resolve));
      }
      return true;
    },
  };
}
