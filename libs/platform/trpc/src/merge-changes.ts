/** Where more has changed at once, asking anew for everything is less work than a list of it. */
const changesMax = 200;

/**
 * Changes as a stream: the first at once, then those of each pause together, equal ones merged into one. So something
 * that changes a thousand times a second is told of once per pause, and its last change is always told. An empty list stands for
 * more changes than a list should have: anything may have changed.
 */
export async function* mergeChanges<Change>(source: {
  subscribe(listener: (change: Change) => void): void;
  /** Changes of the same key are one. */
  keyOf(change: Change): string;
  /** Resolves when the next changes may go out; early when `signal` aborts. */
  pause(signal: AbortSignal): Promise<void>;
  readonly signal: AbortSignal;
}): AsyncGenerator<readonly Change[], void> {
  const waiting = new Map<string, Change>();
  const { signal } = source;
  let wake = () => {};
  source.subscribe((change) => {
    if (waiting.size <= changesMax) waiting.set(source.keyOf(change), change);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      if (waiting.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const changes = waiting.size > changesMax ? [] : [...waiting.values()];
      waiting.clear();
      yield changes;
      await source.pause(signal);
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Two lists of `mergeChanges` as one. */
export function joinChanges<Change>(
  first: readonly Change[],
  second: readonly Change[],
  keyOf: (change: Change) => string,
): readonly Change[] {
  if (first.length === 0 || second.length === 0) return [];
  const joined = new Map([...first, ...second].map((change) => [keyOf(change), change]));
  return joined.size > changesMax ? [] : [...joined.values()];
}
