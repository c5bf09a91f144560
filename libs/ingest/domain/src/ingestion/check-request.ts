import { DomainError } from "@runweir/errors";
import { checkRunPoints } from "./check-points.ts";
import type { PlaceName, RunPoints } from "./ingestion.ts";

/** Each is an append of its own; more of them belong into several requests. */
export const runsPerRequestMax = 1_000;

/** Throws `invalid_argument` for the first thing of a request that is not in order, naming its place. */
export function checkPoints(runs: readonly RunPoints[]): void {
  if (runs.length > runsPerRequestMax)
    throw new DomainError(
      "invalid_argument",
      `A request holds points of at most ${runsPerRequestMax} runs. Found ${runs.length}.`,
      { field: "runs" },
    );
  for (const [i, run] of runs.entries()) checkRunPoints(run, run.place ?? placeInRuns(i));
}

function placeInRuns(run: number): PlaceName {
  return (column, index) => `runs[${run}].${column}${index === undefined ? "" : `[${index}]`}`;
}
