import type { Artifacts } from "@runweir/artifacts-domain";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import type { ImportedRun, ImportOutcome, TrackingImport, TrackingStore } from "@runweir/tracking-domain";
import { differingKeys } from "@runweir/transfer-domain";
import type { ExportProgress } from "./export-progress.ts";
import type { RunWithPoints } from "./exported-points.ts";
import { type ExportedRun, readExperiments, readModels, readRuns } from "./exported-rows.ts";
import { checkArtifacts, importArtifact, readArtifactList } from "./import-artifacts.ts";
import { importModelMetrics } from "./import-model-metrics.ts";
import { importPoints, type PointsTarget } from "./import-points.ts";
import { importRegistry, type RegistryTarget } from "./import-registry.ts";
import { createImportReport, type ImportReport } from "./import-report.ts";
import { checkFiles, type ExportSource, openViews } from "./read-export.ts";

export interface ImportTarget extends PointsTarget, RegistryTarget {
  readonly tracking: TrackingImport;
  readonly store: Pick<TrackingStore, "readRuns" | "writeLoggedModelMetrics">;
  readonly artifacts: Pick<Artifacts, "open" | "put">;
}

const rowsAtOnce = 500;

/**
 * Puts an export into a Runweir. Every file is compared with its checksum before anything is taken. Experiments come first,
 * then runs (each whole but for its points), models, points, artifacts and the registry; whatever is here already is left as it is, so an
 * import that was interrupted goes on when it is repeated. What is here in the end is compared with the export: values of params
 * and tags, every point, checksums of artifacts.
 */
export async function importExport(
  duckdb: DuckDb,
  source: ExportSource,
  target: ImportTarget,
  onProgress: (progress: ExportProgress) => void,
): Promise<ImportReport> {
  const { root, manifest } = source;
  await checkFiles(source, (done, of) => onProgress({ what: "checking", done, of }));
  await openViews(duckdb, source);
  const artifacts = await readArtifactList(duckdb);
  await checkArtifacts(root, artifacts, (done, of) => onProgress({ what: "checking artifacts", done, of }));

  const report = createImportReport();
  const { workspace } = target.caller;
  const experiments = await placeExperiments(duckdb, target, report);
  const { accepted, runs } = await placeRuns(duckdb, target, experiments, report, (done) =>
    onProgress({ what: "runs", done, of: manifest.rows.runs ?? 0 }),
  );
  const models = await placeModels(duckdb, target, experiments, report);
  await importModelMetrics(duckdb, target.store, {
    workspace,
    runs: new Set(accepted.map((run) => run.runId)),
    models,
  });

  let points = 0;
  const of = accepted.reduce((sum, run) => sum + run.points, 0);
  onProgress({ what: "points", done: 0, of });
  report.pointsAdded = await importPoints(duckdb, accepted, target, {
    onProgress(count) {
      points += count;
      onProgress({ what: "points", done: points, of });
    },
    onNote: (text) => report.notes.push(text),
  });
  report.pointsThere = of - report.pointsAdded;

  for (const [i, artifact] of artifacts.entries()) {
    onProgress({ what: "artifacts", done: i, of: artifacts.length });
    const owner = artifact.kind === "run" ? runs.has(artifact.ownerId) : models.has(artifact.ownerId);
    if (!owner) continue;
    try {
      const outcome = await importArtifact(target.artifacts, target.caller, root, artifact);
      report.artifacts[outcome] += 1;
      if (outcome === "differs")
        report.notes.push(
          `Artifact ${artifact.path} of ${artifact.ownerId} is here with other content, which stays.`,
        );
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "invalid_argument") throw error;
      report.notes.push(`Artifact ${artifact.path} of ${artifact.ownerId} was refused: ${error.message}`);
    }
  }
  await importRegistry(duckdb, target, report, (done) =>
    onProgress({ what: "registered models", done, of: manifest.rows.models ?? 0 }),
  );
  return report;
}

async function placeExperiments(
  duckdb: DuckDb,
  target: ImportTarget,
  report: ImportReport,
): Promise<ReadonlyMap<string, string>> {
  const places = new Map<string, string>();
  for (const experiment of await readExperiments(duckdb)) {
    const name = JSON.stringify(experiment.name);
    const placed = await target.tracking.placeExperiment(target.caller.workspace, experiment);
    report.experiments[placed.outcome] += 1;
    if (placed.outcome === "deleted") {
      report.notes.push(
        `Experiment ${name} is in the trash here, and with it everything of it was left out.`,
      );
      continue;
    }
    places.set(experiment.experimentId, placed.experimentId);
    if (placed.experimentId !== experiment.experimentId)
      report.notes.push(
        `Experiment ${name} has id ${placed.experimentId} here instead of ${experiment.experimentId}.`,
      );
    if (placed.differingTags.length > 0)
      report.notes.push(
        `Experiment ${name} has other values here, which stay: tags ${placed.differingTags.join(", ")}.`,
      );
  }
  return places;
}

async function placeRuns(
  duckdb: DuckDb,
  target: ImportTarget,
  experiments: ReadonlyMap<string, string>,
  report: ImportReport,
  onProgress: (done: number) => void,
): Promise<{ readonly accepted: readonly RunWithPoints[]; readonly runs: ReadonlySet<string> }> {
  const accepted: RunWithPoints[] = [];
  let done = 0;
  for (let batch = await readRuns(duckdb, -1, rowsAtOnce); batch.length > 0; ) {
    const placed = batch.flatMap((one): ExportedRun[] => {
      const experimentId = experiments.get(one.run.info.experimentId);
      if (experimentId === undefined) {
        report.runs.deleted += 1;
        return [];
      }
      const run: ImportedRun = { ...one.run, info: { ...one.run.info, experimentId } };
      return [{ ...one, run }];
    });
    const outcomes = await target.tracking.placeRuns(
      target.caller.workspace,
      placed.map(({ run }) => run),
    );
    for (const { run, runNo, points } of placed) {
      const { runId } = run.info;
      const outcome = outcomes.get(runId) as ImportOutcome;
      note(report, "runs", `Run ${runId}`, outcome);
      if (isHere(outcome)) accepted.push({ runNo, runId, points });
    }
    const here = placed.filter(({ run }) => isHere(outcomes.get(run.info.runId)));
    await compareValues(target, here, report);
    done += batch.length;
    onProgress(done);
    batch = await readRuns(duckdb, batch.at(-1)?.runNo ?? 0, rowsAtOnce);
  }
  return { accepted, runs: new Set(accepted.map((run) => run.runId)) };
}

async function compareValues(
  target: ImportTarget,
  exported: readonly ExportedRun[],
  report: ImportReport,
): Promise<void> {
  const byId = new Map(exported.map(({ run }) => [run.info.runId, run]));
  const { workspace } = target.caller;
  for (const here of await target.store.readRuns(workspace, [...byId.keys()])) {
    const { runId } = here.info;
    const run = byId.get(runId) as ImportedRun;
    const differing = [
      ...differingKeys(run.params, here.params).map((key) => `param ${key}`),
      ...differingKeys(run.tags, here.tags).map((key) => `tag ${key}`),
    ];
    if (differing.length > 0)
      report.notes.push(`Run ${runId} has other values here, which stay: ${differing.join(", ")}.`);
  }
}

async function placeModels(
  duckdb: DuckDb,
  target: ImportTarget,
  experiments: ReadonlyMap<string, string>,
  report: ImportReport,
): Promise<ReadonlySet<string>> {
  const accepted = new Set<string>();
  for (let batch = await readModels(duckdb, -1, rowsAtOnce); batch.last !== undefined; ) {
    const models = batch.models.flatMap((model) => {
      const experimentId = experiments.get(model.experimentId);
      return experimentId === undefined ? [] : [{ ...model, experimentId }];
    });
    const outcomes = await target.tracking.placeLoggedModels(target.caller.workspace, models);
    for (const [modelId, outcome] of outcomes) {
      note(report, "models", `Logged model ${modelId}`, outcome);
      if (isHere(outcome)) accepted.add(modelId);
    }
    batch = await readModels(duckdb, batch.last, rowsAtOnce);
  }
  return accepted;
}

function isHere(outcome: ImportOutcome | undefined): boolean {
  return outcome === "made" || outcome === "there";
}

function note(report: ImportReport, kind: "runs" | "models", who: string, outcome: ImportOutcome): void {
  report[kind][outcome] += 1;
  if (outcome === "taken") report.notes.push(`${who} was refused: another one has its id here.`);
  if (outcome === "deleted") report.notes.push(`${who} is in the trash here, and stays there.`);
}
