import { setTimeout as wait } from "node:timers/promises";
import { mergeChanges } from "./merge-changes.ts";
import { shareChanges } from "./share-changes.ts";

const shortestPauseMs = 100;
const longestPauseMs = 2_000;

/**
 * Changes as streams for open pages: at most ten times a second, and less often the more pages are open, so that all together are
 * sent a thousand events a second and writers do not wait for readers. An empty list stands for anything.
 */
export function streamChanges<Filter, Change>(source: {
  subscribe(filter: Filter, listener: (change: Change) => void, signal: AbortSignal): void;
  /** Changes of the same key are one. */
  keyOf(change: Change): string;
}): (filter: Filter, signal: AbortSignal) => AsyncGenerator<readonly Change[], void> {
  const { subscribe, keyOf } = source;
  let open = 0;
  const pause = (signal: AbortSignal) =>
    wait(Math.min(longestPauseMs, Math.max(shortestPauseMs, open)), undefined, { signal }).catch(() => {});
  const watch = shareChanges(
    (filter: Filter, signal) =>
      mergeChanges<Change>({
        keyOf,
        pause,
        signal,
        subscribe: (listener) => subscribe(filter, listener, signal),
      }),
    keyOf,
  );
  return async function* (filter, signal) {
    open += 1;
    try {
      yield* watch(filter, signal);
    } finally {
      open -= 1;
    }
  };
}
