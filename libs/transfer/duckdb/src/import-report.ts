export interface ImportReport {
  readonly experiments: Record<"made" | "there" | "deleted", number>;
  readonly runs: Record<"made" | "there" | "deleted" | "taken", number>;
  readonly models: Record<"made" | "there" | "deleted" | "taken", number>;
  readonly registered: Record<"made" | "there", number>;
  readonly versions: Record<"made" | "there" | "deleted" | "taken", number>;
  readonly artifacts: Record<"made" | "there" | "differs", number>;
  pointsAdded: number;
  pointsThere: number;
  /** What a person should know: what was left out, refused or is not as it was. */
  readonly notes: string[];
}

export function createImportReport(): ImportReport {
  return {
    experiments: { made: 0, there: 0, deleted: 0 },
    runs: { made: 0, there: 0, deleted: 0, taken: 0 },
    models: { made: 0, there: 0, deleted: 0, taken: 0 },
    registered: { made: 0, there: 0 },
    versions: { made: 0, there: 0, deleted: 0, taken: 0 },
    artifacts: { made: 0, there: 0, differs: 0 },
    pointsAdded: 0,
    pointsThere: 0,
    notes: [],
  };
}

/** Whether an import found everything here already. */
export function changedNothing(report: ImportReport): boolean {
  const { experiments, runs, models, registered, versions, artifacts, pointsAdded } = report;
  const made = [experiments, runs, models, registered, versions, artifacts].map((kind) => kind.made);
  return made.reduce((sum, count) => sum + count, pointsAdded) === 0;
}
