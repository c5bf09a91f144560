const firstPauseMs = 500;
const longestPauseMs = 30_000;

export interface Background {
  /** There is something to do. None is lost: while it works, it is done once more after that. */
  wake(): void;
  /** Resolves when the work under way has ended. */
  stop(): Promise<void>;
}

/**
 * Does `work` at once, and then again and again. It answers in how many milliseconds something will be due, if it knows of
 * something before the usual rest is over.
 */
export function keepWorking(options: {
  work(signal: AbortSignal): Promise<number | undefined>;
  readonly restMs: number;
  /** Told of every failure; the work is tried again after a pause that being woken does not shorten. */
  onError(error: unknown): void;
}): Background {
  const stopping = new AbortController();
  let woken = false;
  let interrupt = (): void => {};

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function rest(milliseconds: number): Promise<void> {
    if (!woken && !stopping.signal.aborted) await sleep(milliseconds);
  }

  async function pause(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds;
    for (let left = milliseconds; left > 0 && !stopping.signal.aborted; left = until - performance.now())
      await sleep(left);
  }

  async function loop(): Promise<void> {
    let pauseMs = 0;
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        const dueMs = await options.work(stopping.signal);
        pauseMs = 0;
        await rest(Math.min(options.restMs, Math.max(0, dueMs ?? options.restMs)));
      } catch (error) {
        if (stopping.signal.aborted) return;
        pauseMs = Math.min(longestPauseMs, pauseMs * 2 || firstPauseMs);
        options.onError(error);
        await pause(pauseMs);
      }
    }
  }

  const running = loop();
  return {
    wake() {
      woken = true;
      interrupt();
    },
    async stop() {
      stopping.abort();
      interrupt();
      await running;
    },
  };
}
