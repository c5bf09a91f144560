export interface ImportReport {
  readonly experiments: Record<"made" | "there" | "deleted", number>;
  readonly runs: Record<"made" | "there" | "deleted" | "taken", number>;
  readonly models: Record<"made" | "there" | "deleted" | "taken", number>;
  /** Metrics of logged models; left: those of runs or models that were not taken, or not exported. */
  readonly modelMetrics: Record<"made" | "there" | "left", number>;
  readonly registered: Record<"made" | "there", number>;
  readonly versions: Record<"made" | "there" | "deleted" | "taken", number>;
  /** Differs: points at another version here. Left: those of versions that are not here. */
  readonly aliases: Record<"made" | "there" | "differs" | "left", number>;
  /** Left: those of runs or models that were not taken, and those that were refused. */
  readonly artifacts: Record<"made" | "there" | "differs" | "left", number>;
  /** To experiments and registered models that were here. */
  tagsAdded: number;
  pointsAdded: number;
  pointsThere: number;
  /** How many things have other values here than they were exported with; notes name them. */
  differing: number;
  /** What a person should know: what was left out, refused or is not as it was. */
  readonly notes: string[];
}

export function createImportReport(): ImportReport {
  return {
    experiments: { made: 0, there: 0, deleted: 0 },
    runs: { made: 0, there: 0, deleted: 0, taken: 0 },
    models: { made: 0, there: 0, deleted: 0, taken: 0 },
    modelMetrics: { made: 0, there: 0, left: 0 },
    registered: { made: 0, there: 0 },
    versions: { made: 0, there: 0, deleted: 0, taken: 0 },
    aliases: { made: 0, there: 0, differs: 0, left: 0 },
    artifacts: { made: 0, there: 0, differs: 0, left: 0 },
    tagsAdded: 0,
    pointsAdded: 0,
    pointsThere: 0,
    differing: 0,
    notes: [],
  };
}

export function noteDiffering(report: ImportReport, who: string, differing: readonly string[]): void {
  if (differing.length === 0) return;
  report.differing += 1;
  report.notes.push(`${who} has other values here, which stay: ${differing.join(", ")}.`);
}

/** Whether an import found everything here already. */
export function changedNothing(report: ImportReport): boolean {
  const { experiments, runs, models, modelMetrics, registered, versions, aliases, artifacts } = report;
  const kinds = [experiments, runs, models, modelMetrics, registered, versions, aliases, artifacts];
  const made = kinds.reduce((sum, kind) => sum + kind.made, 0);
  return made + report.pointsAdded + report.tagsAdded === 0;
}

/** Whether something of the export did not come here. */
export function leftSomething(report: ImportReport): boolean {
  const { experiments, runs, models, modelMetrics, versions, aliases, artifacts } = report;
  const refused = [experiments.deleted, versions.taken, artifacts.differs];
  for (const kind of [runs, models]) refused.push(kind.deleted, kind.taken);
  for (const kind of [modelMetrics, aliases, artifacts]) refused.push(kind.left);
  return refused.some((count) => count > 0) || versions.deleted > 0;
}
