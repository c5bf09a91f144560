/**
 * Loaded into each zone's process before its server: when the other end of standard input closes, Runweir is gone,
 * however it went, and the pages go with it.
 */
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
process.stdin.once("error", () => process.exit(0));
