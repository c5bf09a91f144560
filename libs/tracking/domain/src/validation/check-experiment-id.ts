import { DomainError } from "@runweir/errors";

/** The id as it is stored. Ids are whole numbers; throws `invalid_argument` for anything else. */
export function requireExperimentId(experimentId: string): string {
  const text = experimentId.trim();
  if (/^[+-]?\d{1,18}$/.test(text)) return String(BigInt(text));
  throw new DomainError(
    "invalid_argument",
    `Invalid experiment ID '${experimentId}'. Experiment ID must be a valid integer.`,
    { field: "experiment_id" },
  );
}
