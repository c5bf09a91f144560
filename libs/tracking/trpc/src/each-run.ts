import { DomainError } from "@runweir/errors";

const atOnce = 8;

/** What became of each run; one that cannot be changed does not keep the others from it. */
export interface RunsChanged {
  readonly changed: readonly string[];
  readonly refused: readonly { readonly runId: string; readonly message: string }[];
}

/** Does the same to many runs, a few at once. Rejects when the fault is not the run's (the database is away). */
export async function changeEachRun(
  runIds: readonly string[],
  change: (runId: string) => Promise<void>,
): Promise<RunsChanged> {
  const waiting = [...new Set(runIds)];
  const changed: string[] = [];
  const refused: { runId: string; message: string }[] = [];
  const work = async () => {
    for (let runId = waiting.shift(); runId !== undefined; runId = waiting.shift()) {
      try {
        await change(runId);
        changed.push(runId);
      } catch (error) {
        if (!isAboutTheRun(error)) throw error;
        refused.push({ runId, message: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { changed, refused };
}

function isAboutTheRun(error: unknown): error is DomainError {
  return (
    error instanceof DomainError &&
    ["not_found", "invalid_argument", "failed_precondition", "permission_denied"].includes(error.code)
  );
}
