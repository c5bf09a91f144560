/** After an answer that took a second, nothing is asked for two. */
const restPerAnswer = 2;
const longestRestMs = 15_000;

export interface Refresher {
  /** Something has changed. */
  refresh(): void;
  /** Nothing more is asked; changes after it begin anew. */
  stop(): void;
}

/**
 * Asks again, one question at a time: what happens while an answer is under way, or in the rest after it, is asked about
 * once, so the last change is always seen. The rest is in proportion to what the answer took: a page of a large run that
 * is written to all the time must not keep the server at work all the time.
 */
export function createRefresher(ask: () => Promise<unknown>, leastRestMs = 0): Refresher {
  let busy = false;
  let again = false;
  let resting: ReturnType<typeof setTimeout> | undefined;

  async function askOnce(): Promise<void> {
    busy = true;
    again = false;
    const began = performance.now();
    try {
      await ask();
    } catch {
      // Whoever asks shows what went wrong.
    } finally {
      const rest = Math.min(longestRestMs, restPerAnswer * (performance.now() - began));
      resting = setTimeout(goOn, Math.max(leastRestMs, rest));
    }
  }

  function goOn(): void {
    resting = undefined;
    busy = false;
    if (again) void askOnce();
  }

  return {
    refresh() {
      if (busy) again = true;
      else void askOnce();
    },
    stop() {
      again = false;
      if (resting === undefined) return;
      clearTimeout(resting);
      goOn();
    },
  };
}
