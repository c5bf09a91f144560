export interface Schedule {
  /** Runs once more as soon as it can, and resolves when that has ended. */
  runNow(): Promise<void>;
  /** Resolves when the run under way has ended. */
  stop(): Promise<void>;
}

/** Runs the work again and again, never twice at a time, with a pause between the end of one and the begin of the next. */
export function startSchedule(work: () => Promise<void>, pauseMilliseconds: number): Schedule {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  function run(): Promise<void> {
    clearTimeout(timer);
    last = last.then(async () => {
      if (stopped) return;
      await work();
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(run, pauseMilliseconds);
    });
    return last;
  }

  void run();
  return {
    runNow: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
