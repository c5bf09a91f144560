export interface Stop {
  /** Aborted when stopping begins. */
  readonly signal: AbortSignal;
  /** What stopping must undo; undone last in, first out. */
  after(step: () => Promise<void>): void;
  now(): Promise<void>;
}

/**
 * Ctrl-C, SIGTERM and a closed terminal stop everything in order, once. A terminal sends Ctrl-C to every process in it
 * and npm passes signals on as well, so the same signal may arrive several times; the later ones change nothing.
 */
export function stopOnSignal(): Stop {
  const stopping = new AbortController();
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

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
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (running) return;
      if (process.stdout.isTTY) console.log("\nStopping...");
      void stop.now().then(() => process.exit());
    });
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      void stop.now().then(() => process.exit());
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
