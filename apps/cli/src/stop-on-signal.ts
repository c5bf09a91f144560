export interface Stop {
  /** Aborted when stopping begins. */
  readonly signal: AbortSignal;
  /** What stopping must undo; undone last in, first out. */
  after(step: () => Promise<void>): void;
  now(): Promise<void>;
  /** Work that may still add steps: the process does not end before it has, or has had its time to. */
  during<T>(work: Promise<T>): Promise<T>;
}

const longestWaitMs = 30_000;

/**
 * Ctrl-C, SIGTERM and a closed terminal stop everything in order, once. A terminal sends Ctrl-C to every process in it
 * and npm passes signals on as well, so the same signal may arrive several times; the later ones change nothing.
 */
export function stopOnSignal(): Stop {
  const stopping = new AbortController();
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  let working: Promise<unknown> = Promise.resolve();

  async function undo(): Promise<void> {
    stopping.abort();
    // A step may be added while an earlier one is being undone: a start that was under way.
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error(error);
        process.exitCode = 1;
      }
    }
  }
  /** A start that was under way may have added steps after the first were undone. */
  async function stopAndExit(): Promise<void> {
    await stop.now();
    await Promise.race([working, new Promise((resolve) => setTimeout(resolve, longestWaitMs))]);
    for (let seen: Promise<void> | undefined; seen !== running; ) {
      seen = running;
      await seen;
    }
    process.exit();
  }

  const stop: Stop = {
    signal: stopping.signal,
    after(step) {
      steps.push(step);
      if (running) running = running.then(undo);
    },
    now() {
      running ??= undo();
      return running;
    },
    during(work) {
      working = work.catch(() => {});
      return work;
    },
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (running) return;
      if (process.stdout.isTTY) console.log("\nStopping...");
      void stopAndExit();
    });
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      void stopAndExit();
    });
  }
  return stop;
}

/**
 * npm passes SIGTERM on to the shell that it runs scripts in, and the shell dies of it without telling us; what can be
 * seen is that it is gone.
 */
export function stopWithParent(stop: Stop): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    void stop.now().then(() => process.exit());
  }, 500);
  look.unref();
}
