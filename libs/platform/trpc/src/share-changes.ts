import { joinChanges } from "./merge-changes.ts";

interface Group<Change> {
  readonly listeners: Set<(changes: readonly Change[]) => void>;
  readonly stop: AbortController;
}

/**
 * One stream for all pages that watch the same, so that a thousand of them cost little more than one: what a group is told is
 * gathered once. A page that takes its events slowly finds them merged, and holds up nobody.
 */
export function shareChanges<Filter, Change>(
  open: (filter: Filter, signal: AbortSignal) => AsyncIterable<readonly Change[]>,
  keyOf: (change: Change) => string,
): (filter: Filter, signal: AbortSignal) => AsyncGenerator<readonly Change[], void> {
  const groups = new Map<string, Group<Change>>();

  function join(filter: Filter, listener: (changes: readonly Change[]) => void): () => void {
    const name = JSON.stringify(filter);
    const group = groups.get(name) ?? begin(name, filter);
    group.listeners.add(listener);
    return () => {
      group.listeners.delete(listener);
      if (group.listeners.size > 0) return;
      group.stop.abort();
      if (groups.get(name) === group) groups.delete(name);
    };
  }

  function begin(name: string, filter: Filter): Group<Change> {
    const group: Group<Change> = { listeners: new Set(), stop: new AbortController() };
    groups.set(name, group);
    void (async () => {
      for await (const changes of open(filter, group.stop.signal))
        for (const listener of group.listeners) listener(changes);
    })();
    return group;
  }

  return async function* (filter, signal) {
    let waiting: readonly Change[] | undefined;
    let wake = () => {};
    const leave = join(filter, (changes) => {
      waiting = waiting === undefined ? changes : joinChanges(waiting, changes, keyOf);
      wake();
    });
    const onAbort = () => wake();
    signal.addEventListener("abort", onAbort);
    try {
      while (!signal.aborted) {
        if (waiting === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const changes: readonly Change[] = waiting;
        waiting = undefined;
        yield changes;
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      leave();
    }
  };
}
