import { type Caller, type GuardRules, guardService } from "@runweir/identity-domain";
import type { Ingestion } from "./ingestion.ts";

const rules: GuardRules<Ingestion, string> = {
  append: ({ runs }) => runs.map(({ runId }) => runId),
};

/** Ingestion as doors get it: points for a run that may not be written to refuse the whole request. */
export function guardIngestion(
  ingestion: Ingestion,
  options: {
    /** Rejects unless points may be written to each of these runs; those that are absent are no matter of rights. */
    requireRuns(caller: Caller, runIds: readonly string[]): Promise<void>;
  },
): Ingestion {
  return guardService(ingestion, rules, options.requireRuns);
}
