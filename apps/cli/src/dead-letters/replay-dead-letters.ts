import { DomainError } from "@runweir/errors";
import { appendAudit } from "@runweir/identity-postgres";
import { createTrackingOver } from "@runweir/ingest-app";
import type { Database } from "@runweir/postgres";
import { createDeadLetterStore, type ReplayOutcome, replayDeadLetter } from "@runweir/tracking-postgres";
import { oneLine } from "../print-table.ts";
import { type DeadLetterOptions, printTime } from "./dead-letter-options.ts";

/** One after the other, in the order in which they were set aside: a run may be made by one and written to by the next. */
export async function replayDeadLetters(database: Database, options: DeadLetterOptions): Promise<number> {
  const ids = await chooseIds(database, options);
  const trackingOver = createTrackingOver(database);
  const results: object[] = [];
  let refused = 0;
  for (const id of ids) {
    const outcome = await replayDeadLetter(id, { database, trackingOver, enter: appendAudit });
    if (outcome.status === "refused") refused += 1;
    results.push({ id, ...toJson(outcome) });
    if (!options.json) options.print(`${id}  ${describe(outcome)}`);
  }
  if (options.json) options.print(JSON.stringify(results, undefined, 2));
  else options.print(`${ids.length - refused} of ${ids.length} applied.`);
  return refused > 0 ? 2 : 0;
}

async function chooseIds(database: Database, options: DeadLetterOptions): Promise<readonly number[]> {
  const { ids, filter, all } = options;
  const filtered = filter.reason !== undefined || filter.runId !== undefined;
  if (Number(ids.length > 0) + Number(filtered) + Number(all) !== 1)
    throw new DomainError(
      "invalid_argument",
      "dead-letters replay: either IDs, or --reason and --run, or --all are needed.",
    );
  if (ids.length > 0) return ids;
  return createDeadLetterStore({ database }).listIds({ ...filter, replayed: false });
}

function describe(outcome: ReplayOutcome): string {
  switch (outcome.status) {
    case "applied": {
      const { points, repeatedPoints } = outcome;
      if (points + repeatedPoints === 0) return "applied";
      return `applied: ${points} points${repeatedPoints > 0 ? `, ${repeatedPoints} were there already` : ""}`;
    }
    case "before":
      return `was replayed before, at ${printTime(outcome.replayedAt)}`;
    case "refused":
      return `still ${outcome.reason}: ${oneLine(outcome.explanation)}`;
  }
}

function toJson(outcome: ReplayOutcome): object {
  switch (outcome.status) {
    case "applied":
      return { status: outcome.status, points: outcome.points, repeated_points: outcome.repeatedPoints };
    case "before":
      return { status: outcome.status, replayed_at: outcome.replayedAt };
    case "refused":
      return outcome;
  }
}
