/**
 * Loaded into each zone's process before its server: when the other end of standard input closes, Runweir is gone,
 * however it went, and the pages go with it.
 *
 * `next dev` hands the option on to the processes it starts, through their environment, where standard input is nothing
 * of ours. There it is not among the process's own arguments.
 */
if (process.execArgv.includes("--import")) {
  process.stdin.resume();
  process.stdin.once("end", () => process.exit(0));
  process.stdin.once("error", () => process.exit(0));
}
