/**
 * - `transient`: the database is away or busy; the same statement may succeed later.
 * - `full`: its disk is full.
 * - `refused`: this statement will never succeed.
 */
export type Failure = "transient" | "full" | "refused";

const transientClasses = new Set(["08", "40", "53", "55", "57", "58"]);

/** What only our own code throws: to call it an outage would have clients repeat it for minutes, and nobody hear of it. */
const faults = [TypeError, RangeError, ReferenceError, SyntaxError];

/** Decides by SQLSTATE; an error without one comes from the socket or the pool, so the database was not reached. */
export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof Error) || faults.some((fault) => error instanceof fault)) return "refused";
  const code = "code" in error ? error.code : undefined;
  // Of the system's codes one has five letters as well: EPIPE.
  if (typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code) || code === "EPIPE") return "transient";
  if (code === "53100") return "full";
  // A transaction of a process that stood still was ended for it.
  if (code === "25P03") return "transient";
  return transientClasses.has(code.slice(0, 2)) ? "transient" : "refused";
}
