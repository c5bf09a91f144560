import type { Change } from "@runweir/tracking-domain";

/**
 * Changes as a stream: the first at once, then those of each pause together, equal ones merged into one. So something
 * that changes a thousand times a second is told of once per pause, and its last change is always told.
 */
export async function* mergeChanges(source: {
  subscribe(listener: (change: Change) => void): void;
  /** Resolves when the next changes may go out; early when `signal` aborts. */
  pause(signal: AbortSignal): Promise<void>;
  readonly signal: AbortSignal;
}): AsyncGenerator<Change, void> {
  const waiting = new Map<string, Change>();
  const { signal } = source;
  let wake = () => {};
  source.subscribe((change) => {
    waiting.set(keyOf(change), change);
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
      const changes = [...waiting.values()];
      waiting.clear();
      yield* changes;
      await source.pause(signal);
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function keyOf(change: Change): string {
  switch (change.kind) {
    case "experiment":
      return `experiment ${change.experimentId}`;
    case "model":
      return `model ${change.modelId}`;
    case "run":
    case "metrics":
      return `${change.kind} ${change.runId}`;
  }
}
