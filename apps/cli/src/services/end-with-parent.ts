/**
 * Loaded into each service's process before its own code: when the other end of standard input closes, Runweir is gone,
 * however it went, and the service goes with it.
 *
 * It is asked to stop as by a signal, so that it can say goodbye (a consumer to its group), but not for long.
 *
 * `next dev` hands the option on to the processes it starts, through their environment, where standard input is nothing
 * of ours. There it is not among the process's own arguments.
 */
if (process.execArgv.includes("--import")) {
  const end = (): void => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(0), 2_000);
  };
  process.stdin.resume();
  process.stdin.once("end", end);
  process.stdin.once("error", end);
}
