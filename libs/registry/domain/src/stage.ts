import { DomainError } from "@runweir/errors";

export const stages = ["None", "Staging", "Production", "Archived"] as const;

/** Where a version begins. */
export const initialStage = "None";

/** Where a version serves somebody, and whose former versions can be archived in the same move. */
const activeStages: readonly string[] = ["Staging", "Production"];

export const archivedStage = "Archived";

/** The stage in its own spelling; clients write it in any case. */
export function requireStage(stage: string): string {
  const found = stages.find((one) => one.toLowerCase() === stage.toLowerCase());
  if (found) return found;
  throw new DomainError(
    "invalid_argument",
    `Invalid Model Version stage: ${stage}. Value must be one of ${stages.join(", ")}.`,
    { field: "stage" },
  );
}

export function requireActiveStage(stage: string): void {
  if (activeStages.includes(requireStage(stage))) return;
  throw new DomainError(
    "invalid_argument",
    "Model version transition cannot archive existing model versions because " +
      `'${stage}' is not an Active stage. Valid stages are ${activeStages.join(", ")}`,
    { field: "archive_existing_versions" },
  );
}
