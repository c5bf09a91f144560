import { DomainError } from "@runweir/errors";
import type { Database } from "@runweir/postgres";
import { createDeadLetterStore } from "@runweir/tracking-postgres";
import type { DeadLetterOptions } from "./dead-letter-options.ts";

/** For good, and therefore only with --yes. */
export async function deleteDeadLetters(database: Database, options: DeadLetterOptions): Promise<number> {
  const { ids, replayed, yes, json, print } = options;
  if (ids.length > 0 === replayed)
    throw new DomainError("invalid_argument", "dead-letters delete: either IDs or --replayed are needed.");
  const store = createDeadLetterStore({ database });
  const chosen = replayed ? await store.listIds({ replayed: true }) : ids;
  for (const id of ids) await store.get(id);
  if (!yes)
    throw new DomainError(
      "failed_precondition",
      `This deletes ${chosen.length} dead letters for good. Nothing was deleted; say --yes to do it.`,
    );
  const deleted = await store.delete(chosen);
  print(json ? JSON.stringify({ deleted }) : `${deleted} deleted.`);
  return 0;
}
