/**
 * - `transient`: the database is away or busy; the same statement may succeed later.
 * - `full`: its disk is full.
 * - `refused`: this statement will never succeed.
 */
export type Failure = "transient" | "full" | "refused";

const transientClasses = new Set(["08", "40", "53", "55", "57", "58"]);

/** Decides by SQLSTATE; an error without one comes from the socket or the pool, so the database was not reached. */
export function classifyFailure(error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code)) return "transient";
  if (code === "53100") return "full";
  return transientClasses.has(code.slice(0, 2)) ? "transient" : "refused";
}
