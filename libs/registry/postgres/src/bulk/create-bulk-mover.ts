import { type Background, keepWorking } from "@runweir/background";
import { type Database, translateFailures } from "@runweir/postgres";
import { movePiece } from "./move-piece.ts";

/** For what another process was asked for, and for jobs that a process left behind. */
const restMs = 15_000;
const plannedAgeMs = 86_400_000;

/**
 * Does the bulk moves that were begun, by this process or another, piece by piece; plans that nobody applied are forgotten
 * after a day. Any number of processes may do so.
 */
export function createBulkMover(options: {
  readonly database: Database;
  readonly clock: { now(): number };
  onError(error: unknown): void;
}): Background {
  const database = translateFailures(options.database);
  const { clock, onError } = options;
  return keepWorking({
    async work(signal) {
      while (!signal.aborted && (await movePiece(database, clock.now())));
      await database.query("DELETE FROM registry.bulk_job WHERE state = 'planned' AND creation_time < $1", [
        clock.now() - plannedAgeMs,
      ]);
      return undefined;
    },
    restMs,
    onError,
  });
}
